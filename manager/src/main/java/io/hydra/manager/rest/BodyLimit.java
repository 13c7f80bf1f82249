package io.hydra.manager.rest;

import io.hydra.error.ErrorCode;
import io.hydra.error.Problem;
import io.hydra.manager.http.RawProblem;
import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Refuses a body that is too large, by the length that the request names, before any of it is read.
 * Quarkus does so too, but answers without a problem; what comes in chunks is left to it.
 */
@ApplicationScoped
class BodyLimit {
  /** Just before Quarkus' own, which is -2. */
  private static final int ORDER = -3;

  private final long limit;

  BodyLimit(@ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize limit) {
    this.limit = limit.asLongValue();
  }

  void add(@Observes Router router) {
    router.route().order(ORDER).handler(this::check);
  }

  private void check(RoutingContext request) {
    var length = request.request().getHeader(HttpHeaders.CONTENT_LENGTH);
    // Netty has refused what is no number.
    if (length == null || Long.parseLong(length) <= limit) {
      request.next();
      return;
    }
    RawProblem.answer(
        request,
        Problem.of(
            ErrorCode.REQUEST_TOO_LARGE,
            "the body has %s bytes, over the limit of %d".formatted(length, limit),
            Map.of("limit", Long.toString(limit))));
  }
}
