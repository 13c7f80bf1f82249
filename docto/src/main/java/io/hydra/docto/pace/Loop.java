package io.hydra.docto.pace;

import java.time.Duration;
import org.jboss.logging.Logger;

/** Runs one round after another on a virtual thread until it is stopped. */
public final class Loop {
  /** One round; it waits by itself for what it needs. */
  @FunctionalInterface
  public interface Round {
    void run() throws InterruptedException;
  }

  private static final Logger LOG = Logger.getLogger(Loop.class);
  private static final Duration AFTER_DEFECT = Duration.ofSeconds(1);

  private final String name;
  private final Thread thread;
  private volatile boolean stopping;

  private Loop(String name, Round round) {
    this.name = name;
    this.thread = Thread.ofVirtual().name(name).unstarted(() -> repeat(round));
  }

  public static Loop start(String name, Round round) {
    var loop = new Loop(name, round);
    loop.thread.start();
    return loop;
  }

  /** Lets the round under way end by itself; no other one begins. */
  public void retire() {
    stopping = true;
  }

  /** Waits for the end; interrupts the round where it does not come in time. */
  public void stop(Duration byItself, Duration atMost) throws InterruptedException {
    if (thread.join(byItself)) {
      return;
    }
    thread.interrupt();
    if (!thread.join(atMost)) {
      LOG.warnf("loop=%s did not end within %s", name, atMost);
    }
  }

  private void repeat(Round round) {
    try {
      while (!stopping) {
        runGuarded(round);
      }
    } catch (InterruptedException stopped) {
      LOG.debugf("loop=%s stopped", name);
    }
  }

  private void runGuarded(Round round) throws InterruptedException {
    try {
      round.run();
    } catch (RuntimeException defect) {
      // A defect in one round must not end the agent: the next round starts from the facts again.
      LOG.errorf(defect, "loop=%s failed, going on", name);
      Wakeup.pause(AFTER_DEFECT);
    }
  }
}
