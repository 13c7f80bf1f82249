package io.hydra.manager.rest;

import io.hydra.error.ErrorCode;
import io.hydra.error.Printable;
import io.hydra.error.Problem;
import io.hydra.manager.http.RawProblem;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Optional;

/**
 * Refuses a path or query that is none by RFC 3986, such as one with a malformed percent-encoding,
 * before anything takes it apart. {@link io.hydra.manager.serve.Main} has Quarkus leave it to this
 * class.
 */
@ApplicationScoped
class RequestTarget {
  /** After the stop has counted the request, before anything looks at paths. */
  private static final int ORDER = -900;

  /** As long as a percent-encoding would be, were it well-formed. */
  private static final int ENCODED = 3;

  void add(@Observes Router router) {
    router.route().order(ORDER).handler(RequestTarget::check);
  }

  private static void check(RoutingContext request) {
    var objection = objection(request.request().uri());
    if (objection.isEmpty()) {
      request.next();
      return;
    }
    RawProblem.answer(request, Problem.of(ErrorCode.INVALID_REQUEST, objection.get(), Map.of()));
  }

  /**
   * What is wrong with it, if anything is.
   *
   * @param target path and query as they were sent
   */
  static Optional<String> objection(String target) {
    try {
      var unused = new URI(target);
      return Optional.empty();
    } catch (URISyntaxException malformed) {
      return Optional.of(objection(target, malformed));
    }
  }

  private static String objection(String target, URISyntaxException malformed) {
    int at = malformed.getIndex();
    if (at < 0 || at >= target.length()) {
      return "the path is malformed: " + malformed.getReason();
    }
    int query = target.indexOf('?');
    var where = query >= 0 && at > query ? "query" : "path";
    if (target.charAt(at) == '%') {
      return "'%s' in the %s is not a percent-encoding: two hexadecimal digits follow a %%, and a %% itself is written %%25"
          .formatted(
              Printable.of(target.substring(at, Math.min(target.length(), at + ENCODED))), where);
    }
    return "'%s' in the %s must be percent-encoded"
        .formatted(Printable.of(Character.toString(target.codePointAt(at))), where);
  }
}
