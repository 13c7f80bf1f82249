package io.hydra.appman.pace;

import java.time.Duration;

/** Waits before another try. */
@FunctionalInterface
public interface Pause {
  void rest(Duration duration) throws InterruptedException;
}
