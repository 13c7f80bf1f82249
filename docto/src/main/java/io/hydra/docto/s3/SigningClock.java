package io.hydra.docto.s3;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jboss.logging.Logger;

/**
 * The time that requests are signed with. S3 refuses those that differ from its own by more than 15
 * minutes, and its answers say what time it has.
 */
final class SigningClock {
  private static final Logger LOG = Logger.getLogger(SigningClock.class);

  /** Less is the way of an answer, and that it has whole seconds. */
  private static final Duration LEAST = Duration.ofMinutes(1);

  private final Clock clock;
  private volatile Duration ahead = Duration.ZERO;

  SigningClock(Clock clock) {
    this.clock = clock;
  }

  Instant now() {
    return clock.instant().plus(ahead);
  }

  /** Takes over the server's time; false where it is ours, so that it was not the reason. */
  boolean adjust(Instant server) {
    var before = ahead;
    var after = Duration.between(clock.instant(), server);
    if (after.minus(before).abs().compareTo(LEAST) < 0) {
      return false;
    }
    ahead = after;
    LOG.warnf(
        "this node's clock and that of S3 differ by %d s; requests are signed with that of S3",
        after.toSeconds());
    return true;
  }
}
