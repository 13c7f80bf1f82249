package io.hydra.manager.lead;

import io.hydra.error.ErrorCode;
import io.hydra.error.Problem;
import io.hydra.manager.http.RawProblem;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * Sends on to the leader what only that one can answer: every change, all of agents, and what is
 * known of them. Channels, releases and manifests are answered here. The request goes on as it is,
 * with its credentials, and the leader judges them.
 */
@ApplicationScoped
class Forwarding {
  private static final Logger LOG = Logger.getLogger(Forwarding.class);

  /** Before Quarkus authenticates, and before anything of the body is read. */
  private static final int ORDER = -250;

  /** Until it is seen that the leader is another one. */
  private static final int LOOK_MILLIS = 500;

  private static final Pattern ANSWERED_HERE =
      Pattern.compile(
          "/api/v1/(manager|manifests/[^/]+|channels(/[^/]+/[^/]+/[^/]+(/releases(/[^/]+)?)?)?)/?");

  private final Lead lead;
  private final LeaderClient client;
  private final Set<Forwarded> underWay = ConcurrentHashMap.newKeySet();

  Forwarding(Lead lead, LeaderClient client) {
    this.lead = lead;
    this.client = client;
  }

  void add(@Observes Router router, Vertx vertx) {
    router.route("/api/v1/*").order(ORDER).handler(this::route);
    vertx.setPeriodic(LOOK_MILLIS, _ -> giveUpOnOthers());
  }

  private void route(RoutingContext request) {
    boolean isForwarded = request.request().getHeader(Forwarded.HEADER) != null;
    if (!isForwarded) {
      // Managers keep their connections: it is the one before that lets its caller go.
      Parting.after(request, lead::isUnsure);
    }
    if (lead.isUnderWay() || isAnsweredHere(request)) {
      request.next();
      return;
    }
    var leader = lead.leader();
    if (leader.isEmpty() || isForwarded) {
      refuse(request, "this manager does not lead, and knows of none that does; ask again");
      return;
    }
    forward(request, leader.get());
  }

  private static boolean isAnsweredHere(RoutingContext request) {
    var method = request.request().method();
    return (method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD))
        && ANSWERED_HERE.matcher(request.normalizedPath()).matches();
  }

  private void forward(RoutingContext request, URI leader) {
    var forwarded = new Forwarded(request.request(), leader);
    underWay.add(forwarded);
    forwarded
        .to(client)
        .onComplete(_ -> underWay.remove(forwarded))
        .onFailure(
            failure ->
                refuse(
                    request,
                    "the manager that leads, %s, does not answer: %s"
                        .formatted(leader, client.why(failure))));
  }

  /** One that is paused keeps its connections. */
  private void giveUpOnOthers() {
    if (underWay.isEmpty()) {
      return;
    }
    var leader = lead.leader();
    underWay.stream()
        .filter(sent -> !leader.equals(Optional.of(sent.leader())))
        .forEach(Forwarded::giveUp);
  }

  private static void refuse(RoutingContext request, String why) {
    var response = request.response();
    if (response.headWritten() || response.closed()) {
      LOG.debugf("cannot tell any more: %s", why);
      request.request().connection().close();
      return;
    }
    RawProblem.answer(request, Problem.of(ErrorCode.UNAVAILABLE, why, Map.of()));
  }
}
