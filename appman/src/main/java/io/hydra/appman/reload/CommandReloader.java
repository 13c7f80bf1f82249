package io.hydra.appman.reload;

import io.hydra.appman.lifecycle.ReleaseSet;
import io.hydra.error.ErrorCode;
import io.hydra.wire.Fault;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a command that restarts the application, such as {@code systemctl restart x}. */
public final class CommandReloader implements Reloader {
  private final List<String> command;
  private final Path current;
  private final Clock clock;

  public CommandReloader(List<String> command, Path current, Clock clock) {
    this.command = List.copyOf(command);
    this.current = current;
    this.clock = clock;
  }

  @Override
  public Outcome reload(ReleaseSet release, Instant deadline) throws InterruptedException {
    var builder = new ProcessBuilder(command).inheritIO();
    builder.environment().putAll(ChildProcess.environment(current, release));
    try {
      return result(builder.start(), deadline);
    } catch (IOException e) {
      return new Outcome.Hindered(fault("cannot be run: " + e.getMessage()));
    }
  }

  private Outcome result(Process process, Instant deadline) throws InterruptedException {
    try {
      var left = Duration.between(clock.instant(), deadline);
      if (!process.waitFor(left.toMillis(), TimeUnit.MILLISECONDS)) {
        return new Outcome.Refused(fault("did not end in time"));
      }
      return process.exitValue() == 0
          ? new Outcome.Loaded()
          : new Outcome.Refused(fault("ended with exit code " + process.exitValue()));
    } finally {
      process.destroyForcibly();
    }
  }

  private Fault fault(String what) {
    return new Fault(
        ErrorCode.RELOAD_FAILED, "the restart command '%s' %s".formatted(command.getFirst(), what));
  }
}
