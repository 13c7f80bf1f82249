package io.hydra.cli;

import io.hydra.cli.follow.Interruption;
import io.hydra.cli.output.Cell;
import io.hydra.cli.output.Console;
import io.hydra.cli.output.Style;
import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells the user of a failure, always in one shape, and turns it into an exit code. */
public final class FailureReport
    implements CommandLine.IExecutionExceptionHandler, CommandLine.IParameterExceptionHandler {
  private final Console console;
  private final boolean traces;

  /**
   * @param traces whether to print the stack trace of what nobody foresaw
   */
  public FailureReport(Console console, boolean traces) {
    this.console = console;
    this.traces = traces;
  }

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine commandLine, ParseResult parseResult) {
    Interruption.haltIfEnding();
    return switch (failure) {
      case ParameterException usage -> handleParseException(usage, new String[0]);
      case CliFailure local -> {
        report(local.code(), local.detail(), local.hint().map(hint -> named(hint, commandLine)));
        yield local.exitCode().number();
      }
      case HydraException refused -> {
        report(
            refused.code().name(),
            refused.detail(),
            Hints.after(refused).map(hint -> named(hint, commandLine)));
        yield exitCode(refused.code()).number();
      }
      default -> unforeseen(failure);
    };
  }

  @Override
  public int handleParseException(ParameterException failure, String[] arguments) {
    var command = failure.getCommandLine();
    report(
        "USAGE",
        String.valueOf(failure.getMessage()).lines().findFirst().orElse("wrong usage"),
        Optional.of("see `%s --help`".formatted(command.getCommandSpec().qualifiedName())));
    UnmatchedArgumentException.printSuggestions(failure, command.getErr());
    return ExitCode.USAGE.number();
  }

  /** Commands as they are called here, perhaps as a plugin of another program. */
  private static String named(String hint, CommandLine commandLine) {
    var root = commandLine.getCommandSpec().root().name();
    return hint.replaceAll("(^|`|: )hydra (?=[a-z])", "$1" + root + " ");
  }

  private int unforeseen(Exception failure) {
    report(
        ErrorCode.INTERNAL.name(),
        failure.toString(),
        Optional.of("this should not happen; HYDRA_DEBUG=1 shows where it did"));
    if (traces) {
      failure.printStackTrace(console.err());
    }
    return ExitCode.REFUSED.number();
  }

  private void report(String code, String detail, Optional<String> hint) {
    var label = Style.BAD.paint("hydra: " + code + ":", console.errColoured());
    console.note(label + " " + Cell.harmless(detail));
    hint.ifPresent(text -> console.note("       " + Cell.harmless(text)));
  }

  private static ExitCode exitCode(ErrorCode code) {
    return code == ErrorCode.UNAVAILABLE ? ExitCode.UNREACHABLE : ExitCode.REFUSED;
  }
}
