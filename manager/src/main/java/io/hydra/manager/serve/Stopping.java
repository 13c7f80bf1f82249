package io.hydra.manager.serve;

import io.hydra.error.ErrorCode;
import io.hydra.error.Problem;
import io.hydra.manager.http.RawProblem;
import io.quarkus.runtime.Application;
import io.quarkus.runtime.RuntimeValue;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.shutdown.ShutdownConfig;
import io.quarkus.runtime.shutdown.ShutdownListener;
import io.quarkus.runtime.shutdown.ShutdownRecorder;
import io.quarkus.vertx.http.runtime.filters.QuarkusRequestWrapper;
import io.smallrye.config.SmallRyeConfig;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/**
 * Once the manager stops, refuses new requests as a problem, and has the stop wait for those in
 * hand, for {@code quarkus.shutdown.timeout} at most. Quarkus does so too, but with an answer that
 * says nothing; it is told to leave it to this class.
 */
@ApplicationScoped
class Stopping implements ShutdownListener {
  private static final Logger LOG = Logger.getLogger(Stopping.class);

  /** Before all that answers. */
  private static final int ORDER = -1_000;

  private static final Duration LOOK = Duration.ofMillis(5);

  private final ShutdownConfig config;
  private final AtomicInteger inHand = new AtomicInteger();
  private volatile Optional<ShutdownNotification> waiting = Optional.empty();

  Stopping(Config config) {
    this.config = config.unwrap(SmallRyeConfig.class).getConfigMapping(ShutdownConfig.class);
  }

  /** In an order that each build chooses anew, Quarkus may set its own after this event. */
  void begin(@Observes StartupEvent event) {
    Thread.ofVirtual().name("stopping").start(this::takeOver);
  }

  /** In place of all listeners: they are those of readiness, which is refused, and of requests. */
  private void takeOver() {
    var application = Application.currentApplication();
    while (!application.isStarted()) {
      LockSupport.parkNanos(LOOK.toNanos());
    }
    new ShutdownRecorder(new RuntimeValue<>(config)).setListeners(List.of(this), false);
  }

  void add(@Observes Router router) {
    router.route().order(ORDER).handler(this::take);
  }

  private void take(RoutingContext request) {
    if (config.isTimeoutEnabled()) {
      // Counted first, so that the stop waits for it, or it sees the stop.
      inHand.incrementAndGet();
      // Others replace the end handlers of a response.
      QuarkusRequestWrapper.get(request.request()).addRequestDoneHandler(_ -> done());
    }
    if (waiting.isPresent()) {
      refuse(request);
      return;
    }
    request.next();
  }

  private void done() {
    if (inHand.decrementAndGet() == 0) {
      waiting.ifPresent(ShutdownNotification::done);
    }
  }

  @Override
  public void shutdown(ShutdownNotification notification) {
    waiting = Optional.of(notification);
    int left = inHand.get();
    if (left == 0) {
      notification.done();
      return;
    }
    LOG.infof("stops when %d requests are answered", left);
  }

  private static void refuse(RoutingContext request) {
    RawProblem.answer(
        request, Problem.of(ErrorCode.UNAVAILABLE, "this manager stops; ask again", Map.of()));
  }
}
