package io.hydra.cli.client;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Lets time pass between two tries. */
@FunctionalInterface
public interface Pause {
  void of(Duration duration);

  /** Real time. */
  static Pause real() {
    return duration -> {
      long end = System.nanoTime() + duration.toNanos();
      for (long left = duration.toNanos(); left > 0; left = end - System.nanoTime()) {
        LockSupport.parkNanos(left);
        if (Thread.currentThread().isInterrupted()) {
          return;
        }
      }
    };
  }
}
