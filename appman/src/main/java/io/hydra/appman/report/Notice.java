package io.hydra.appman.report;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Says whether load balancers had time to notice that readiness is UP: only then does the instance
 * take traffic again, and the next one may leave it.
 */
public final class Notice {
  private final Duration settle;
  private final Clock clock;
  private Optional<Instant> upSince = Optional.empty();

  /**
   * @param settle how long load balancers take to notice
   */
  public Notice(Duration settle, Clock clock) {
    this.settle = settle;
    this.clock = clock;
  }

  /**
   * @param up whether readiness is UP at this moment
   */
  synchronized boolean isTaken(boolean up) {
    if (!up) {
      upSince = Optional.empty();
      return false;
    }
    var now = clock.instant();
    upSince = upSince.or(() -> Optional.of(now));
    return remaining(now).isZero();
  }

  /** How long it takes until it is noticed; empty when nothing is waited for. */
  synchronized Optional<Duration> remaining() {
    return upSince.map(since -> remaining(clock.instant())).filter(Duration::isPositive);
  }

  private Duration remaining(Instant now) {
    var left = Duration.between(now, upSince.orElse(now).plus(settle));
    return left.isNegative() ? Duration.ZERO : left;
  }
}
