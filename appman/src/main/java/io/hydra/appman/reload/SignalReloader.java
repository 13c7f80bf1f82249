package io.hydra.appman.reload;

import io.hydra.appman.config.ReloadWay;
import io.hydra.appman.lifecycle.ReleaseSet;
import io.hydra.appman.pace.Backoff;
import io.hydra.appman.pace.Pause;
import io.hydra.error.ErrorCode;
import io.hydra.wire.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/** Sends the application a signal; its process id stands in a file. */
public final class SignalReloader implements Reloader {
  private static final Logger LOG = Logger.getLogger(SignalReloader.class);

  private final ReloadWay.Signal way;
  private final Clock clock;
  private final Pause pause;

  public SignalReloader(ReloadWay.Signal way, Clock clock, Pause pause) {
    this.way = way;
    this.clock = clock;
    this.pause = pause;
  }

  @Override
  public Outcome reload(ReleaseSet release, Instant deadline) throws InterruptedException {
    var backoff =
        new Backoff(Duration.ofMillis(100), Duration.ofSeconds(2), RandomGenerator.getDefault());
    while (true) {
      var process = process();
      if (process.isPresent() && send(process.get())) {
        return new Outcome.Loaded();
      }
      if (!clock.instant().isBefore(deadline)) {
        return new Outcome.Hindered(
            new Fault(
                ErrorCode.APPLICATION_UNREACHABLE,
                "no process to signal: '%s' names none that runs and may be signalled"
                    .formatted(way.pidFile())));
      }
      pause.rest(backoff.next());
    }
  }

  private Optional<ProcessHandle> process() {
    try {
      long pid = Long.parseLong(Files.readString(way.pidFile()).strip());
      // 0 and negative ids would be whole groups, 1 is everybody's.
      return pid > 1 ? ProcessHandle.of(pid).filter(ProcessHandle::isAlive) : Optional.empty();
    } catch (IOException | NumberFormatException notYet) {
      return Optional.empty();
    }
  }

  private boolean send(ProcessHandle process) throws InterruptedException {
    try {
      // Java sends SIGTERM and SIGKILL only. Every shell has `kill` built in.
      var kill =
          new ProcessBuilder(
                  "/bin/sh", "-c", "kill -\"$0\" \"$1\"", way.name(), Long.toString(process.pid()))
              .inheritIO()
              .start();
      int result = kill.waitFor();
      LOG.infof("sent signal name=%s process=%d result=%d", way.name(), process.pid(), result);
      return result == 0;
    } catch (IOException e) {
      LOG.warnf("cannot send a signal detail=%s", e.getMessage());
      return false;
    }
  }
}
