package io.hydra.cli.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.hydra.cli.CliFailure;
import io.hydra.cli.ExitCode;
import io.hydra.cli.config.ManagerAddress;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/** Says in plain words why no manager answers. */
public final class Unreachable {
  public static final String CODE = "UNREACHABLE";

  private Unreachable() {}

  /** For a call that failed on its way there or back. */
  static CliFailure by(ManagerAddress address, Throwable failure, Duration patience) {
    var untrusted = address.tls().why(failure);
    if (untrusted.isPresent()) {
      return new CliFailure(
          ExitCode.UNREACHABLE,
          CODE,
          "no trusted connection to the manager at %s: %s".formatted(address, untrusted.get()),
          Optional.of("see --ca-file, --certificate-file and --key-file"));
    }
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof TimeoutException
          || (cause instanceof IOException && !(cause instanceof JsonProcessingException))) {
        return unanswered(address, failure, patience);
      }
    }
    return notAManager(address, failure);
  }

  private static CliFailure unanswered(
      ManagerAddress address, Throwable failure, Duration patience) {
    return new CliFailure(
        ExitCode.UNREACHABLE,
        CODE,
        "no manager answers at %s: %s".formatted(address, reason(failure, patience)),
        Optional.of(
            "is it running there? Name another with --manager URL, $HYDRA_MANAGER or `hydra context set NAME --manager URL`"));
  }

  static CliFailure notAManager(ManagerAddress address, Throwable failure) {
    return new CliFailure(
        ExitCode.UNREACHABLE,
        CODE,
        "what answers at %s does not speak as a Hydra manager does: %s"
            .formatted(address, firstLine(root(failure))),
        Optional.of("check the address"));
  }

  private static String reason(Throwable failure, Duration patience) {
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnknownHostException) {
        return "the host is not known";
      }
      if (cause instanceof TimeoutException) {
        return "no answer within " + patience.toSeconds() + " s";
      }
      if (cause instanceof ConnectException) {
        return firstLine(root(cause)).contains("refused")
            ? "connection refused"
            : firstLine(root(cause));
      }
    }
    return firstLine(root(failure));
  }

  private static Throwable root(Throwable failure) {
    var root = failure;
    for (var cause = root.getCause(); cause != null; cause = cause.getCause()) {
      root = cause;
    }
    return root;
  }

  private static String firstLine(Throwable failure) {
    var message = failure.getMessage();
    return message == null || message.isBlank()
        ? failure.getClass().getSimpleName()
        : message.lines().findFirst().orElse("").strip();
  }
}
