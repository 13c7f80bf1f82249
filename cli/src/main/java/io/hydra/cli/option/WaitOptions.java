package io.hydra.cli.option;

import java.time.Duration;
import picocli.CommandLine.Option;

/** Whether to wait for what was published. */
public final class WaitOptions {
  @Option(
      names = {"-w", "--wait"},
      description = "Wait until every instance serves the release, showing how it goes.")
  private boolean wait;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      defaultValue = "1h",
      description = "How long --wait waits, such as 90s or 30m; 0: for ever (default: 1h).")
  private Duration timeout = Duration.ofHours(1);

  public boolean wanted() {
    return wait;
  }

  /** Zero: for ever. */
  public Duration timeout() {
    return timeout;
  }
}
