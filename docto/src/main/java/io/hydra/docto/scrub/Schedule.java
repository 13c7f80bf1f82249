package io.hydra.docto.scrub;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * When which copy is read again. What was committed together is not due together: the time since a
 * copy was last proven is between three quarters of the interval and all of it, by its digest and
 * that moment.
 *
 * @param every the longest time between two readings of one copy
 */
record Schedule(Duration every) {
  /**
   * A copy and when it is to be read.
   *
   * @param last when it had its turn last, whether or not that came to its end
   */
  record Turn(Copy copy, Instant due, Instant last) {}

  private static final int STEPS = 1024;

  /**
   * The copy that is due first. Of those that are due already, the one that had no turn for
   * longest: a large one that never comes to its end between two restarts must not keep out all
   * others.
   *
   * @param proven when a copy was last proven, if that is known
   * @param begun when it was last begun, if that is known
   */
  Optional<Turn> next(
      Collection<Copy> copies,
      Function<Copy.Id, Optional<Instant>> proven,
      Function<Copy.Id, Optional<Instant>> begun,
      Instant now) {
    return copies.stream()
        .map(copy -> turn(copy, past(proven, copy, now), past(begun, copy, now)))
        .min(
            Comparator.comparing((Turn turn) -> turn.due().isAfter(now) ? turn.due() : now)
                .thenComparing(Turn::last)
                .thenComparing(Turn::due)
                .thenComparing(turn -> turn.copy().content().digest())
                .thenComparing(turn -> turn.copy().medium()));
  }

  /** A time that is still to come is one of a wrong clock. */
  private static Optional<Instant> past(
      Function<Copy.Id, Optional<Instant>> known, Copy copy, Instant now) {
    return known.apply(copy.id()).filter(at -> !at.isAfter(now));
  }

  private Turn turn(Copy copy, Optional<Instant> proven, Optional<Instant> begun) {
    var last =
        Stream.of(proven, begun)
            .flatMap(Optional::stream)
            .max(Comparator.naturalOrder())
            .orElse(Instant.EPOCH);
    return new Turn(copy, proven.map(at -> due(copy.id(), at)).orElse(Instant.EPOCH), last);
  }

  private Instant due(Copy.Id id, Instant proven) {
    return proven.plus(every.multipliedBy(3 * STEPS + step(id, proven)).dividedBy(4 * STEPS));
  }

  private static long step(Copy.Id id, Instant proven) {
    return Math.floorMod(id.digest().hashCode() * 31 + proven.hashCode(), STEPS);
  }
}
