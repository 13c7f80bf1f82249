package io.hydra.appman;

import io.hydra.appman.pace.Backoff;
import io.hydra.appman.target.Eviction;
import io.hydra.wire.Fault;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Has the pod replaced: asks again and again while that is refused, and not for ever, since the
 * instance is out of traffic meanwhile and could as well serve what it has.
 */
final class Replacement {
  /** A pod that is still here so long after its eviction has to be asked for again. */
  private static final Duration UNDER_WAY = Duration.ofSeconds(30);

  /** How long it serves what it has before it leaves traffic for another attempt. */
  private static final Duration REST = Duration.ofMinutes(1);

  private final Eviction eviction;
  private final Duration patience;
  private final Clock clock;
  private final Backoff backoff =
      new Backoff(Duration.ofMillis(250), Duration.ofSeconds(10), RandomGenerator.getDefault());
  private Progress progress = new Progress.UnderWay();
  private Instant next = Instant.MIN;
  private Instant restUntil = Instant.MIN;
  private Optional<Instant> refusedSince = Optional.empty();

  /** How far it is. */
  sealed interface Progress {
    /** The pod will end in a moment. */
    record UnderWay() implements Progress {}

    /** Not now. */
    record Refused(Fault fault) implements Progress {}

    /** Not now, for too long. */
    record GivenUp(Fault fault) implements Progress {}
  }

  /**
   * @param patience how long it is asked for in vain
   */
  Replacement(Eviction eviction, Duration patience, Clock clock) {
    this.eviction = eviction;
    this.patience = patience;
    this.clock = clock;
  }

  /** Whether it was given up a short time ago. */
  boolean rests() {
    return clock.instant().isBefore(restUntil);
  }

  /** Asks, if it is time to. */
  Progress advance() throws InterruptedException {
    var now = clock.instant();
    if (now.isBefore(next)) {
      return progress;
    }
    progress = eviction.ask().map(fault -> refused(fault, now)).orElseGet(() -> underWay(now));
    return progress;
  }

  private Progress underWay(Instant now) {
    next = now.plus(UNDER_WAY);
    begin();
    return new Progress.UnderWay();
  }

  private Progress refused(Fault fault, Instant now) {
    refusedSince = refusedSince.or(() -> Optional.of(now));
    if (now.isBefore(refusedSince.get().plus(patience))) {
      next = now.plus(backoff.next());
      return new Progress.Refused(fault);
    }
    restUntil = now.plus(REST);
    next = restUntil;
    begin();
    return new Progress.GivenUp(fault);
  }

  private void begin() {
    refusedSince = Optional.empty();
    backoff.reset();
  }
}
