package io.hydra.manager.feedback;

import io.hydra.manager.apiserver.ApiRefusal;
import io.hydra.manager.apiserver.ApiServer;
import io.hydra.manager.apiserver.Pace;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Changes that wait for their turn: of each object the newest, and not too many a second. What
 * fails is not tried again here; whoever asked for it sees that it is still to be done.
 */
final class Errands {
  private static final Logger LOG = Logger.getLogger(Errands.class);

  /** By then the API server has told of what was changed, or it was not. */
  private static final Duration ECHO = Duration.ofSeconds(10);

  private static final Duration BETWEEN_COMPLAINTS = Duration.ofMinutes(1);

  /** The object is gone, or is another one of that name. */
  private static final Set<Integer> TOO_LATE = Set.of(404, 409);

  private final ApiServer server;
  private final Clock clock;
  private final Pace pace;
  private final Map<String, Errand> waiting = new LinkedHashMap<>();

  /** The eldest first. */
  private final Map<String, Done> done = new LinkedHashMap<>();

  private Instant nextComplaint = Instant.MIN;

  private record Done(Object essence, Instant at) {}

  Errands(ApiServer server, Clock clock, Pace pace) {
    this.server = server;
    this.clock = clock;
    this.pace = pace;
  }

  /** In place of what waits for the same object, unless it was done just now. */
  synchronized void put(Errand errand) {
    forgetTheOld();
    var last = Optional.ofNullable(done.get(errand.path()));
    if (last.filter(d -> d.essence().equals(errand.essence())).isPresent()) {
      waiting.remove(errand.path());
      return;
    }
    waiting.put(errand.path(), errand);
    notifyAll();
  }

  /** There is nothing to change of the object any more. */
  synchronized void drop(String path) {
    waiting.remove(path);
    done.remove(path);
  }

  private void forgetTheOld() {
    var limit = clock.instant().minus(ECHO);
    var eldest = done.values().iterator();
    while (eldest.hasNext() && eldest.next().at().isBefore(limit)) {
      eldest.remove();
    }
  }

  /** Returns only by interruption. */
  void run() throws InterruptedException {
    while (true) {
      var errand = take();
      pace.await();
      if (isWaiting(errand)) {
        carryOut(errand);
      }
    }
  }

  private synchronized Errand take() throws InterruptedException {
    while (waiting.isEmpty()) {
      wait();
    }
    return waiting.values().iterator().next();
  }

  private synchronized boolean isWaiting(Errand errand) {
    if (!waiting.remove(errand.path(), errand)) {
      return false;
    }
    done.remove(errand.path());
    done.put(errand.path(), new Done(errand.essence(), clock.instant()));
    return true;
  }

  private void carryOut(Errand errand) throws InterruptedException {
    try {
      var unused = server.patch(errand.path(), errand.patch(), errand.change());
    } catch (ApiRefusal refused) {
      if (!TOO_LATE.contains(refused.status())) {
        complain(errand, refused);
      }
    } catch (IOException | RuntimeException e) {
      complain(errand, e);
    }
  }

  private void complain(Errand errand, Exception failure) {
    var now = clock.instant();
    if (now.isBefore(nextComplaint)) {
      return;
    }
    nextComplaint = now.plus(BETWEEN_COMPLAINTS);
    LOG.warnf("could not change %s; tried again detail=%s", errand.path(), server.why(failure));
  }
}
