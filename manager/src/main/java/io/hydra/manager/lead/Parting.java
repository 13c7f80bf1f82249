package io.hydra.manager.lead;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.util.function.BooleanSupplier;

/**
 * Lets go of callers whom another manager may serve better: their clients keep their connections,
 * and a Service spreads connections, not calls.
 */
final class Parting {
  private static final int UNAVAILABLE = 503;

  private Parting() {}

  /**
   * Has the connection end after the answer where that is a refusal, or this manager cannot be sure
   * to lead when it gives it. Not with HTTP/2, which has no such header.
   */
  static void after(RoutingContext request, BooleanSupplier isUnsure) {
    if (request.request().version() == HttpVersion.HTTP_2) {
      return;
    }
    var response = request.response();
    request.addHeadersEndHandler(
        _ -> {
          if (response.getStatusCode() == UNAVAILABLE || isUnsure.getAsBoolean()) {
            response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            // Written before it is closed. The slot for the end of all is others'.
            request.addBodyEndHandler(_ -> request.request().connection().close());
          }
        });
  }
}
