package io.hydra.appman.drain;

import io.hydra.appman.config.Settings;
import java.time.Duration;
import java.time.Instant;
import org.jboss.logging.Logger;

/**
 * Says when a drain is over: not before new requests have stopped and load balancers had time to
 * notice, then as soon as nothing is in hand, and at the deadline whatever is.
 */
public final class Drain {
  private static final Logger LOG = Logger.getLogger(Drain.class);

  private final Duration settle;
  private final Duration longest;
  private final Traffic traffic;
  private final InFlight inFlight;

  public Drain(Settings.Timing timing, Traffic traffic, InFlight inFlight) {
    this.settle = timing.settle();
    this.longest = settle.compareTo(timing.drainDeadline()) > 0 ? settle : timing.drainDeadline();
    this.traffic = traffic;
    this.inFlight = inFlight;
  }

  /**
   * @param since when readiness went down
   */
  public boolean isOver(Instant since, Instant now) throws InterruptedException {
    boolean late = !now.isBefore(since.plus(longest));
    boolean gone = traffic.goneSince(since).filter(t -> !now.isBefore(t.plus(settle))).isPresent();
    if (!gone && !late) {
      return false;
    }
    if (!gone) {
      LOG.warnf("the drain's deadline is over while Services send traffic since=%s", since);
      return true;
    }
    if (inFlight.isNothingInHand()) {
      return true;
    }
    if (late) {
      LOG.warnf(
          "the drain's deadline is over with requests in hand state=DRAINING since=%s", since);
    }
    return late;
  }
}
