package io.hydra.appman.pace;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Times between tries: doubled each time up to the longest, each shortened by up to half at random,
 * so that many instances do not ask at once.
 */
public final class Backoff {
  private final Duration first;
  private final Duration longest;
  private final RandomGenerator random;
  private int tries;

  public Backoff(Duration first, Duration longest, RandomGenerator random) {
    this.first = first;
    this.longest = longest;
    this.random = random;
  }

  /** How long to wait before the next try. */
  public Duration next() {
    long doubled = first.toMillis() << Math.min(tries++, 20);
    long bound = Math.min(longest.toMillis(), doubled);
    return Duration.ofMillis(bound - random.nextLong(bound / 2 + 1));
  }

  /** A try succeeded. */
  public void reset() {
    tries = 0;
  }
}
