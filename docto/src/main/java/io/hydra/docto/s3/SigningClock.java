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

  /**
   * Takes over the server's time.
   *
   * @param signed when the request says it was made; others may have taken it over since
   * @return false where it is the request's, so that it was not the reason
   */
  boolean adjust(Instant signed, Instant server) {
    if (!isOff(Duration.between(signed, server))) {
      return false;
    }
    var after = Duration.between(clock.instant(), server);
    if (isOff(after.minus(ahead))) {
      ahead = after;
      LOG.warnf(
          "this node's clock and that of S3 differ by %d s; requests are signed with that of S3",
          after.toSeconds());
    }
    return true;
  }

  private static boolean isOff(Duration difference) {
    return difference.abs().compareTo(LEAST) >= 0;
  }
}
