package io.hydra.docto.pace;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Holds reading to a number of bytes a second, of any number of threads together. Time in which
 * nothing was read pays for one piece, and is not made up for beyond that.
 */
public final class Pace {
  /** Waits. */
  @FunctionalInterface
  public interface Sleep {
    void of(Duration duration) throws InterruptedException;
  }

  private static final double NANOS_PER_SECOND = 1e9;

  private final long bytesPerSecond;
  private final LongSupplier nanoTime;
  private final Sleep sleep;
  private long paidUntil;

  /**
   * @param bytesPerSecond at least 1
   * @param nanoTime as {@link System#nanoTime}
   */
  public Pace(long bytesPerSecond, LongSupplier nanoTime, Sleep sleep) {
    if (bytesPerSecond < 1) {
      throw new IllegalArgumentException("a pace has to be more than 0 bytes a second");
    }
    this.bytesPerSecond = bytesPerSecond;
    this.nanoTime = nanoTime;
    this.sleep = sleep;
    this.paidUntil = nanoTime.getAsLong();
  }

  /** To be called when bytes were read; returns when the next ones may be. */
  public void spend(long bytes) throws InterruptedException {
    var ahead = claim(bytes);
    if (ahead.isPositive()) {
      sleep.of(ahead);
    }
  }

  /** As {@link #spend}, for callers that wait by themselves: for so long from now. */
  public synchronized Duration claim(long bytes) {
    long now = nanoTime.getAsLong();
    long ahead = paidUntil - now + (long) (bytes * NANOS_PER_SECOND / bytesPerSecond);
    paidUntil = now + Math.max(0, ahead);
    return Duration.ofNanos(Math.max(0, ahead));
  }
}
