package io.hydra.appman.reload;

import io.hydra.appman.lifecycle.ReleaseSet;
import java.time.Instant;

/** One way of bringing an application onto what {@code current} leads to. */
public interface Reloader {
  /**
   * Has the application take up the release. Returns when it says so, or when it was told and
   * cannot say; {@link ReloadCheck} then finds out.
   */
  Outcome reload(ReleaseSet release, Instant deadline) throws InterruptedException;

  /** Tells an application that stays in service of another name for what it has loaded already. */
  default Outcome relabel(ReleaseSet release, Instant deadline) throws InterruptedException {
    return new Outcome.Loaded();
  }

  /**
   * Has the application let go of its data, where it can.
   *
   * @return false when it should have and did not, so that it is worth another try
   */
  default boolean letGo(Instant deadline) throws InterruptedException {
    return true;
  }

  /** Whether the application is AppMan's own child and does not run with the release. */
  default boolean isStopped(ReleaseSet release) {
    return false;
  }

  /** AppMan ends; so does what lives by it alone. */
  default void stop() {}
}
