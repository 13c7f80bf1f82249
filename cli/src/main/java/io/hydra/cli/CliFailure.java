package io.hydra.cli;

import java.util.Optional;

/**
 * A failure that the command line itself finds, as opposed to a refusal by the manager, which is a
 * {@link io.hydra.error.HydraException}.
 */
public final class CliFailure extends RuntimeException {
  private final ExitCode exitCode;
  private final String code;
  private final Optional<String> hint;

  /**
   * @param code stable name of the failure, in capitals
   * @param detail one sentence that names the culprit
   * @param hint what the user can do about it
   */
  public CliFailure(ExitCode exitCode, String code, String detail, Optional<String> hint) {
    super(detail);
    this.exitCode = exitCode;
    this.code = code;
    this.hint = hint;
  }

  public static CliFailure usage(String detail) {
    return new CliFailure(ExitCode.USAGE, "USAGE", detail, Optional.empty());
  }

  public static CliFailure usage(String detail, String hint) {
    return new CliFailure(ExitCode.USAGE, "USAGE", detail, Optional.of(hint));
  }

  public ExitCode exitCode() {
    return exitCode;
  }

  public String code() {
    return code;
  }

  public String detail() {
    return String.valueOf(getMessage());
  }

  public Optional<String> hint() {
    return hint;
  }
}
