package io.hydra.appman.drain;

import io.hydra.appman.config.Settings;
import java.time.Duration;
import java.time.Instant;
import org.jboss.logging.Logger;

/**
 * Says when a drain is over: not before load balancers had time to notice, then as soon as nothing
 * is in hand, and at the deadline whatever is.
 */
public final class Drain {
  private static final Logger LOG = Logger.getLogger(Drain.class);

  private final Duration settle;
  private final Duration deadline;
  private final InFlight inFlight;

  public Drain(Settings.Timing timing, InFlight inFlight) {
    this.settle = timing.settle();
    this.deadline = timing.drainDeadline();
    this.inFlight = inFlight;
  }

  /**
   * @param since when readiness went down
   */
  public boolean isOver(Instant since, Instant now) throws InterruptedException {
    if (now.isBefore(since.plus(settle))) {
      return false;
    }
    if (inFlight.isNothingInHand()) {
      return true;
    }
    if (now.isBefore(since.plus(settle.compareTo(deadline) > 0 ? settle : deadline))) {
      return false;
    }
    LOG.warnf("the drain's deadline is over with requests in hand state=DRAINING since=%s", since);
    return true;
  }
}
