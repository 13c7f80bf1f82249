package io.hydra.manager.apiserver;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Keeps calls that can wait from becoming too many: a bucket of permits that fills at a steady
 * rate.
 */
public final class Pace {
  private final int burst;
  private final long nanosEach;
  private final LongSupplier nanoTime;

  /** When the bucket would have been empty, had it filled since without end. */
  private long emptyAt;

  /**
   * @param burst how many at once, after a pause
   * @param perSecond how many from then on
   */
  public Pace(int burst, int perSecond) {
    this(burst, perSecond, System::nanoTime);
  }

  Pace(int burst, int perSecond, LongSupplier nanoTime) {
    this.burst = burst;
    this.nanosEach = Duration.ofSeconds(1).toNanos() / perSecond;
    this.nanoTime = nanoTime;
    this.emptyAt = nanoTime.getAsLong() - burst * nanosEach;
  }

  /** Waits for its turn. */
  public void await() throws InterruptedException {
    Thread.sleep(take());
  }

  /** How long whoever has asked has to wait. */
  synchronized Duration take() {
    long now = nanoTime.getAsLong();
    emptyAt = Math.max(emptyAt, now - burst * nanosEach) + nanosEach;
    return Duration.ofNanos(Math.max(0, emptyAt - now));
  }
}
