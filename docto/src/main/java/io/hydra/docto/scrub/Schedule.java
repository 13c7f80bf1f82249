package io.hydra.docto.scrub;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Function;

/**
 * When which copy is read again. What was committed together is not due together: the time since a
 * copy was last proven is between three quarters of the interval and all of it, by its digest and
 * that moment.
 *
 * @param every the longest time between two readings of one copy
 */
record Schedule(Duration every) {
  /** A copy and when it is to be read. */
  record Turn(Copy copy, Instant due) {}

  private static final int STEPS = 1024;

  /**
   * The copy that is due first; of several, one that was not proven for longest.
   *
   * @param proven when a copy was last proven, if that is known
   */
  Optional<Turn> next(
      Collection<Copy> copies, Function<Copy.Id, Optional<Instant>> proven, Instant now) {
    return copies.stream()
        .map(copy -> new Turn(copy, due(copy.id(), proven.apply(copy.id()), now)))
        .min(
            Comparator.comparing(Turn::due)
                .thenComparing(turn -> turn.copy().content().digest())
                .thenComparing(turn -> turn.copy().medium()));
  }

  private Instant due(Copy.Id id, Optional<Instant> proven, Instant now) {
    // A time that is still to come is one of a wrong clock.
    return proven
        .filter(at -> !at.isAfter(now))
        .map(at -> at.plus(every.multipliedBy(3 * STEPS + step(id, at)).dividedBy(4 * STEPS)))
        .orElse(Instant.EPOCH);
  }

  private static long step(Copy.Id id, Instant proven) {
    return Math.floorMod(id.digest().hashCode() * 31 + proven.hashCode(), STEPS);
  }
}
