package io.hydra.manager.lead;

import java.time.Duration;
import java.util.Optional;

/** Where a manager stands among those that share its state. Times are of its monotonic clock. */
sealed interface Standing {
  /**
   * Another one leads, or nobody.
   *
   * @param seen the leader's last sign of life
   */
  record Following(Optional<Sign> seen) implements Standing {
    static final Following NOBODY = new Following(Optional.empty());

    Optional<Candidate> leader() {
      return seen.map(Sign::leader);
    }
  }

  /**
   * @param revision of the leader's entry
   * @param beat revision of the entry that the leader writes again and again
   * @param nanos when this manager saw it first
   */
  record Sign(Candidate leader, long revision, long beat, long nanos) {
    boolean isAsNewAs(Sign other) {
      return revision == other.revision && beat == other.beat;
    }

    boolean isOlderThan(Duration age, long now) {
      return now - nanos > age.toNanos();
    }
  }

  /**
   * This manager has the lead, as far as it knows.
   *
   * @param fence the revision of its entry: while that stands, nobody else leads
   * @param provenUntil until when certainly nobody else does
   */
  record Leading(long fence, long provenUntil) implements Standing {
    boolean isProven(long now) {
      return now - provenUntil < 0;
    }
  }
}
