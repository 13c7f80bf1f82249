package io.hydra.testing.throttle;

import java.util.function.LongSupplier;

/** So many a second, and a burst of a few after a pause. */
final class TokenBucket {
  private static final double NANOS_PER_SECOND = 1e9;

  private final double perSecond;
  private final double burst;
  private final LongSupplier nanoTime;
  private double tokens;
  private long filledAt;

  /**
   * Full to begin with.
   *
   * @param perSecond how many it lets through
   * @param burst how many it holds
   * @param nanoTime as {@link System#nanoTime}
   */
  TokenBucket(int perSecond, int burst, LongSupplier nanoTime) {
    if (perSecond < 1 || burst < 1) {
      throw new IllegalArgumentException("%d a second, burst %d".formatted(perSecond, burst));
    }
    this.perSecond = perSecond;
    this.burst = burst;
    this.nanoTime = nanoTime;
    tokens = burst;
    filledAt = nanoTime.getAsLong();
  }

  /** Whether one more is let through now; it is then counted. */
  synchronized boolean take() {
    long now = nanoTime.getAsLong();
    tokens = Math.min(burst, tokens + (now - filledAt) / NANOS_PER_SECOND * perSecond);
    filledAt = now;
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }
}
