package io.hydra.manager.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.error.Problem;
import io.hydra.manager.http.RawProblem;
import io.hydra.manager.identity.Access;
import io.hydra.manager.identity.Authentication;
import io.hydra.manager.identity.PodBinding;
import io.hydra.model.Digest;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Answers what thousands of agents send all the time, on the event loop: long polls for their
 * orders, reports, and questions for manifests that others asked for just before. That takes a
 * fraction of what the way through the resources does, which answer the same and everything else:
 * large reports, callers who have yet to be asked about, and whatever is refused.
 */
@ApplicationScoped
class AgentRoutes {
  /** After all that looks at every request, before the resources. */
  private static final int ORDER = 0;

  private static final String JSON = MediaType.APPLICATION_JSON + ";charset=UTF-8";
  private static final String NO_WAIT = "0s";
  private static final int NO_CONTENT = 204;

  /** In bytes; larger ones would keep others on the event loop waiting for a millisecond. */
  private static final int LARGEST_REPORT = 64 * 1024;

  private static final Logger LOG = Logger.getLogger(AgentRoutes.class);

  private final AgentCall.Desk desk;
  private final Authentication authentication;
  private final PodBinding pods;
  private final ManifestMemory manifests;
  private final ObjectMapper json;

  AgentRoutes(
      AgentCall.Desk desk,
      Authentication authentication,
      PodBinding pods,
      ManifestMemory manifests,
      ObjectMapper json) {
    this.desk = desk;
    this.authentication = authentication;
    this.pods = pods;
    this.manifests = manifests;
    this.json = json;
  }

  void add(@Observes Router router) {
    add(router, "/api/v1/nodes/:node", request -> desk.ofNode(name(request, "node")));
    add(
        router,
        "/api/v1/instances/:instance",
        request -> desk.ofInstance(name(request, "instance")));
    router
        .get("/api/v1/manifests/:digest")
        .order(ORDER)
        .handler(request -> handle(request, () -> manifest(request, name(request, "digest"))));
  }

  private void add(Router router, String path, Function<RoutingContext, AgentCall> agent) {
    router
        .get(path + "/desired")
        .order(ORDER)
        .handler(request -> handle(request, () -> poll(request, agent.apply(request))));
    router
        .post(path + "/report")
        .order(ORDER)
        .handler(request -> handle(request, () -> report(request, agent.apply(request))));
  }

  private static String name(RoutingContext request, String parameter) {
    return Objects.requireNonNull(request.pathParam(parameter));
  }

  /** What is refused here is refused by the resources, and in their words. */
  private static void handle(RoutingContext request, Runnable work) {
    try {
      work.run();
    } catch (HydraException | NumberFormatException refused) {
      request.next();
    } catch (RuntimeException e) {
      LOG.error("an agent could not be answered", e);
      RawProblem.answer(
          request,
          Problem.of(ErrorCode.INTERNAL, "the manager failed; its log tells more", Map.of()));
    }
  }

  private void manifest(RoutingContext request, String digest) {
    var body =
        takesJson(request) && mayCall(request, Access::requireAgentOrViewer)
            ? manifests.find(Digest.of(digest))
            : Optional.<Buffer>empty();
    body.ifPresentOrElse(found -> answer(request, found), request::next);
  }

  private void poll(RoutingContext request, AgentCall agent) {
    var wait = WaitTime.parse(parameter(request, "wait").orElse(NO_WAIT));
    long since = Long.parseLong(parameter(request, "since").orElse("0"));
    if (!wait.isPositive() || !takesJson(request) || !mayCall(request, agent::require)) {
      request.next();
      return;
    }
    LongPoll.hold(
        request,
        wait,
        listener -> agent.onNews(since, listener),
        () -> handle(request, () -> answer(request, agent)));
  }

  /** A manager that may not lead is asked for orders by all agents, again and again. */
  private void answer(RoutingContext request, AgentCall agent) {
    try {
      answer(request, body(agent.order()));
    } catch (HydraException refused) {
      if (refused.code() != ErrorCode.UNAVAILABLE) {
        throw refused;
      }
      RawProblem.answerWhole(request, refused.toProblem());
    }
  }

  private static Optional<String> parameter(RoutingContext request, String name) {
    return request.queryParam(name).stream().findFirst();
  }

  private static boolean takesJson(RoutingContext request) {
    var accepted = request.request().getHeader(HttpHeaders.ACCEPT);
    return accepted == null
        || accepted.contains(MediaType.APPLICATION_JSON)
        || accepted.contains(MediaType.WILDCARD);
  }

  private Buffer body(Object order) {
    try {
      return Buffer.buffer(json.writeValueAsBytes(order));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an order is always JSON", e);
    }
  }

  private static void answer(RoutingContext request, Buffer body) {
    var unused = request.response().putHeader(HttpHeaders.CONTENT_TYPE, JSON).end(body);
  }

  private void report(RoutingContext request, AgentCall agent) {
    var length = smallJson(request);
    if (length.isEmpty() || !mayCall(request, agent::require)) {
      request.next();
      return;
    }
    SmallBody.of(
        request.request(),
        length.getAsInt(),
        body -> handle(request, () -> take(request, agent, body)));
  }

  /** The length of the body, in bytes; empty unless it is JSON that is read at once. */
  private static OptionalInt smallJson(RoutingContext request) {
    var headers = request.request().headers();
    var type = headers.get(HttpHeaders.CONTENT_TYPE);
    var length = headers.get(HttpHeaders.CONTENT_LENGTH);
    boolean isSmallJson =
        type != null
            && type.startsWith(MediaType.APPLICATION_JSON)
            && length != null
            && Long.parseLong(length) >= 0
            && Long.parseLong(length) <= LARGEST_REPORT
            && !headers.contains(HttpHeaders.EXPECT)
            && !headers.contains(HttpHeaders.CONTENT_ENCODING);
    return isSmallJson ? OptionalInt.of(Integer.parseInt(length)) : OptionalInt.empty();
  }

  private static void take(RoutingContext request, AgentCall agent, byte[] body) {
    boolean isTaken;
    try {
      isTaken = agent.report(body);
    } catch (RuntimeException refused) {
      leave(request, body);
      throw refused;
    }
    if (!isTaken) {
      leave(request, body);
      request.next();
      return;
    }
    var unused = request.response().setStatusCode(NO_CONTENT).end();
  }

  /** For the resources: it is not read twice. */
  @SuppressWarnings("deprecation") // setBody() has no successor that is for others than Vert.x
  private static void leave(RoutingContext request, byte[] body) {
    request.setBody(Buffer.buffer(body));
  }

  /** Whether it is known without asking anybody who calls; refuses whoever may not. */
  private boolean mayCall(RoutingContext request, Consumer<Access> need) {
    var caller =
        authentication.known(
            Optional.ofNullable(request.request().getHeader(HttpHeaders.AUTHORIZATION)));
    caller.ifPresent(
        known -> {
          var access = new Access(pods);
          access.by(known);
          need.accept(access);
        });
    return caller.isPresent();
  }
}
