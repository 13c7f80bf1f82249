package io.hydra.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class FailureReportTest {
  private final Captured captured = new Captured();

  @ParameterizedTest
  @EnumSource(value = ErrorCode.class, mode = EnumSource.Mode.EXCLUDE, names = "UNAVAILABLE")
  void aRefusalIsOneAndBeginsWithItsCode(ErrorCode code) {
    assertThat(report(new HydraException(code, "so it is"), false)).isEqualTo(1);
    assertThat(captured.err()).startsWith("hydra: " + code + ": so it is\n");
  }

  @Test
  void aManagerThatCannotServeNowIsThree() {
    assertThat(report(new HydraException(ErrorCode.UNAVAILABLE, "starting"), false)).isEqualTo(3);
  }

  @ParameterizedTest
  @EnumSource(ExitCode.class)
  void aFailureOfOurOwnEndsAsItSays(ExitCode code) {
    assertThat(report(new CliFailure(code, "NAME", "detail", Optional.of("hint")), false))
        .isEqualTo(code.number());
    assertThat(captured.err()).isEqualTo("hydra: NAME: detail\n       hint\n");
  }

  @Test
  void aSurpriseShowsItsTraceOnlyWhenAskedFor() {
    assertThat(report(new IllegalStateException("oops"), false)).isEqualTo(1);
    assertThat(captured.err()).contains("oops", "HYDRA_DEBUG").doesNotContain("\tat ");
  }

  @Test
  void aSurpriseShowsItsTraceWhenAskedFor() {
    assertThat(report(new IllegalStateException("oops"), true)).isEqualTo(1);
    assertThat(captured.err()).contains("\tat ");
  }

  @Test
  void whatTheManagerSaysCannotSteerTheTerminal() {
    report(new HydraException(ErrorCode.INTERNAL, "a\u001b]0;title\u0007b"), false);

    assertThat(captured.err()).doesNotContain("\u001b", "\u0007");
  }

  private int report(Exception failure, boolean traces) {
    var commandLine = new CommandLine(CommandSpec.create());
    return new FailureReport(captured.console, traces)
        .handleExecutionException(
            failure,
            commandLine,
            CommandLine.ParseResult.builder(commandLine.getCommandSpec()).build());
  }
}
