package io.hydra.appman.target;

import io.hydra.appman.pace.Backoff;
import io.hydra.appman.pace.Pause;
import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.model.InstanceId;
import io.hydra.wire.InstanceDesired;
import jakarta.ws.rs.ProcessingException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/** Asks the manager for orders, for ever, by long poll. */
public final class OrderFeed {
  private static final Logger LOG = Logger.getLogger(OrderFeed.class);

  /** A manager that answers unchanged sooner than this does not hold the poll. */
  private static final Duration HELD = Duration.ofMillis(100);

  private final InstanceId instance;
  private final ManagerConnection manager;
  private final Registration registration;
  private final Orders orders;
  private final Clock clock;
  private final Pause pause;
  private final Backoff backoff =
      new Backoff(Duration.ofMillis(250), Duration.ofSeconds(5), RandomGenerator.getDefault());
  private long since;
  private boolean silent;
  private Optional<String> refused = Optional.empty();

  public OrderFeed(
      InstanceId instance,
      ManagerConnection manager,
      Registration registration,
      Orders orders,
      Clock clock,
      Pause pause) {
    this.instance = instance;
    this.manager = manager;
    this.registration = registration;
    this.orders = orders;
    this.clock = clock;
    this.pause = pause;
  }

  /** Returns only by interruption. */
  public void run() throws InterruptedException {
    while (true) {
      if (ask()) {
        backoff.reset();
      } else {
        pause.rest(backoff.next());
      }
    }
  }

  /** One poll; false when the next should wait a little. */
  boolean ask() throws InterruptedException {
    try {
      registration.ensure();
      var asked = clock.instant();
      var order = desired();
      heard();
      return take(order, asked);
    } catch (HydraException e) {
      if (e.code() == ErrorCode.UNKNOWN_INSTANCE) {
        registration.forget();
        // A manager that has lost its notes may count from the beginning again.
        since = 0;
      }
      missed(manager.failed(e));
      return false;
    } catch (ProcessingException e) {
      if (e.getCause() instanceof InterruptedException) {
        throw new InterruptedException("AppMan ends");
      }
      missed(manager.failed(e));
      return false;
    }
  }

  /** At first what holds now, which is worth knowing even if it never changes. */
  private InstanceDesired desired() {
    return orders.known()
        ? manager.polls().desired(instance.value(), since, ManagerConnection.WAIT)
        : manager.calls().desired(instance.value(), since, ManagerConnection.NO_WAIT);
  }

  private boolean take(InstanceDesired order, Instant asked) {
    boolean changed = order.epoch() != since;
    since = order.epoch();
    if (!orders.accept(order)) {
      LOG.warnf(
          "refused an order code=%s epoch=%d newest=%d",
          ErrorCode.STALE_EPOCH, order.epoch(), orders.epoch());
      return false;
    }
    return changed || Duration.between(asked, clock.instant()).compareTo(HELD) >= 0;
  }

  private void heard() {
    manager.succeeded();
    if (silent) {
      silent = false;
      LOG.info("the manager answers again");
    }
  }

  private void missed(String why) {
    orders.miss();
    var refusal = manager.standing().refusal();
    if (!silent || !refusal.equals(refused)) {
      silent = true;
      refused = refusal;
      LOG.warnf("no orders from the manager; going on as before detail=%s", why);
    }
  }
}
