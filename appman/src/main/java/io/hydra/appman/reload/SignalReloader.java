package io.hydra.appman.reload;

import io.hydra.appman.config.ReloadWay;
import io.hydra.appman.lifecycle.ReleaseSet;
import io.hydra.appman.pace.Backoff;
import io.hydra.appman.pace.Pause;
import io.hydra.error.ErrorCode;
import io.hydra.wire.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/** Sends the application a signal. */
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
                "no process to signal: %s names none that runs and may be signalled"
                    .formatted(way.to())));
      }
      pause.rest(backoff.next());
    }
  }

  private Optional<ProcessHandle> process() {
    return switch (way.to()) {
      case ReloadWay.Addressee.PidFile(var file) -> named(file);
      case ReloadWay.Addressee.Marked(var variable, var value) -> marked(variable, value);
    };
  }

  private static Optional<ProcessHandle> named(Path pidFile) {
    try {
      long pid = Long.parseLong(Files.readString(pidFile).strip());
      // 0 and negative ids would be whole groups, 1 is everybody's.
      return pid > 1 ? ProcessHandle.of(pid).filter(ProcessHandle::isAlive) : Optional.empty();
    } catch (IOException | NumberFormatException notYet) {
      return Optional.empty();
    }
  }

  /** Children inherit the variable; and so does what somebody starts in the container by hand. */
  private static Optional<ProcessHandle> marked(String variable, String value) {
    var all =
        ProcessHandle.allProcesses()
            .filter(process -> process.pid() > 1 && !process.equals(ProcessHandle.current()))
            .filter(ProcFile::isRunning)
            .filter(process -> value.equals(ProcFile.environment(process).get(variable)))
            .toList();
    return all.stream()
        .filter(process -> process.parent().filter(all::contains).isEmpty())
        .min(Comparator.comparing(SignalReloader::startOf).thenComparing(ProcessHandle::pid));
  }

  private static Instant startOf(ProcessHandle process) {
    return process.info().startInstant().orElse(Instant.MAX);
  }

  private boolean send(ProcessHandle process) throws InterruptedException {
    try {
      boolean sent = Kill.send(way.name(), process.pid());
      LOG.infof("sent signal name=%s process=%d sent=%s", way.name(), process.pid(), sent);
      return sent;
    } catch (IOException e) {
      LOG.warnf("cannot send a signal detail=%s", e.getMessage());
      return false;
    }
  }
}
