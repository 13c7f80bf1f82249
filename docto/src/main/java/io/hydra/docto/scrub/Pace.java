package io.hydra.docto.scrub;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Holds reading to a number of bytes a second. Time in which nothing was read pays for one piece,
 * and is not made up for beyond that.
 */
final class Pace {
  /** Waits. */
  @FunctionalInterface
  interface Sleep {
    void of(Duration duration) throws InterruptedException;
  }

  private static final double NANOS_PER_SECOND = 1e9;

  private final long bytesPerSecond;
  private final LongSupplier nanoTime;
  private final Sleep sleep;
  private long paidUntil;

  /**
   * @param nanoTime as {@link System#nanoTime}
   */
  Pace(long bytesPerSecond, LongSupplier nanoTime, Sleep sleep) {
    this.bytesPerSecond = bytesPerSecond;
    this.nanoTime = nanoTime;
    this.sleep = sleep;
    this.paidUntil = nanoTime.getAsLong();
  }

  /** To be called when bytes were read; returns when the next ones may be. */
  void spend(long bytes) throws InterruptedException {
    long now = nanoTime.getAsLong();
    long ahead = paidUntil - now + (long) (bytes * NANOS_PER_SECOND / bytesPerSecond);
    paidUntil = now + Math.max(0, ahead);
    if (ahead > 0) {
      sleep.of(Duration.ofNanos(ahead));
    }
  }
}
