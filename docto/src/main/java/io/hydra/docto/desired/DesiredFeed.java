package io.hydra.docto.desired;

import io.hydra.docto.config.ManagerConfig;
import io.hydra.docto.manager.ManagerCalls;
import io.hydra.docto.manager.Registration;
import io.hydra.docto.pace.Backoff;
import io.hydra.docto.pace.Wakeup;
import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Follows the manager's orders by long polls. */
@Singleton
public final class DesiredFeed {
  private static final Logger LOG = Logger.getLogger(DesiredFeed.class);
  private static final Duration FIRST_RETRY = Duration.ofMillis(250);

  /** A manager that answers without a change and without waiting is not asked in a busy loop. */
  private static final Duration LEAST_PAUSE = Duration.ofMillis(200);

  private final ManagerCalls manager;
  private final Registration registration;
  private final DesiredState state;
  private final Backoff backoff;

  /** The first question after a start or a loss is answered at once, whatever is known. */
  private long since;

  private int failures;
  private Optional<String> refused = Optional.empty();

  public DesiredFeed(
      ManagerCalls manager, Registration registration, DesiredState state, ManagerConfig config) {
    this.manager = manager;
    this.registration = registration;
    this.state = state;
    this.backoff = new Backoff(FIRST_RETRY, config.retryMax());
  }

  /** One question and its answer. */
  public void poll() throws InterruptedException {
    try {
      registration.ensure();
      var order = manager.awaitDesired(since);
      boolean news = order.epoch() > since;
      state.offer(order);
      reached();
      since = Math.max(order.epoch(), state.epoch());
      if (!news) {
        Wakeup.pause(LEAST_PAUSE);
      }
    } catch (RuntimeException failure) {
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedException("stopped while asking the manager");
      }
      failed(failure);
    }
  }

  private void reached() {
    if (failures > 0) {
      LOG.info("state=reconnected the manager answers again");
    }
    failures = 0;
  }

  private void failed(RuntimeException failure) throws InterruptedException {
    since = 0;
    failures++;
    var refusal = refusal(failure);
    if (failures == 1 || !refusal.equals(refused)) {
      refused = refusal;
      LOG.warnf(
          "state=disconnected the manager cannot be asked, going on with epoch=%d: %s",
          state.epoch(), refusal.orElseGet(() -> String.valueOf(failure.getMessage())));
    }
    boolean unknown = registration.lostBy(failure);
    Wakeup.pause(backoff.atLeastHalf(unknown ? 1 : failures));
  }

  /** Of a manager that does not take this node for what it says it is. */
  private static Optional<String> refusal(RuntimeException failure) {
    return failure instanceof HydraException told
            && (told.code() == ErrorCode.UNAUTHENTICATED || told.code() == ErrorCode.FORBIDDEN)
        ? Optional.of(told.code() + ": " + told.detail())
        : Optional.empty();
  }
}
