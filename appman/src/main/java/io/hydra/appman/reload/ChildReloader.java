package io.hydra.appman.reload;

import io.hydra.appman.lifecycle.ReleaseSet;
import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.wire.Fault;
import java.time.Duration;
import java.time.Instant;

/** Restarts the application, which is AppMan's own child process. */
public final class ChildReloader implements Reloader {
  /** A process that cannot start mostly ends within this time. */
  private static final Duration STARTED_WHEN_ALIVE_FOR = Duration.ofSeconds(1);

  private final ChildProcess child;
  private final Duration stopDeadline;

  public ChildReloader(ChildProcess child, Duration stopDeadline) {
    this.child = child;
    this.stopDeadline = stopDeadline;
  }

  @Override
  public Outcome reload(ReleaseSet release, Instant deadline) throws InterruptedException {
    child.stop(stopDeadline);
    try {
      child.start(release);
    } catch (HydraException e) {
      return new Outcome.Refused(new Fault(e.code(), e.detail()));
    }
    if (child.endsWithin(STARTED_WHEN_ALIVE_FOR)) {
      return new Outcome.Refused(
          new Fault(
              ErrorCode.RELOAD_FAILED,
              "the application ended as soon as it was started with release " + release.ref()));
    }
    return new Outcome.Loaded();
  }

  @Override
  public boolean letGo(Instant deadline) throws InterruptedException {
    child.stop(stopDeadline);
    return true;
  }

  @Override
  public boolean isStopped(ReleaseSet release) {
    return !child.runsWith(release.ref());
  }

  @Override
  public void stop() {
    try {
      child.stop(stopDeadline);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
