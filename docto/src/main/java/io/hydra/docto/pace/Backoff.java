package io.hydra.docto.pace;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * Delays that double from {@code first} up to {@code max}.
 *
 * @param chance gives numbers in [0, 1)
 */
public record Backoff(Duration first, Duration max, DoubleSupplier chance) {
  private static final int MAX_DOUBLINGS = 30;

  public Backoff(Duration first, Duration max) {
    this(first, max, Math::random);
  }

  /**
   * Anything up to the ceiling (full jitter), so that many who failed together do not return so.
   */
  public Duration anyUpTo(int attempt) {
    return scaled(attempt, chance.getAsDouble());
  }

  /** Between half the ceiling and all of it, where a delay of nothing would be a busy loop. */
  public Duration atLeastHalf(int attempt) {
    return scaled(attempt, 0.5 + chance.getAsDouble() / 2);
  }

  private Duration scaled(int attempt, double share) {
    int doublings = Math.clamp(attempt - 1L, 0, MAX_DOUBLINGS);
    double ceiling = Math.min((double) max.toNanos(), first.toNanos() * Math.pow(2, doublings));
    return Duration.ofNanos((long) (ceiling * share));
  }
}
