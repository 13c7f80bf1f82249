package io.hydra.manager.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.hydra.error.Problem;
import io.hydra.wire.HydraJson;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;

/** Answers with a problem before a request has come to the resources. */
final class RawProblem {
  private RawProblem() {}

  static void answer(RoutingContext request, Problem problem) {
    var response = request.response();
    if (request.request().version() != HttpVersion.HTTP_2) {
      // The body is not read, so nothing else can come on this connection.
      response.endHandler(_ -> request.request().connection().close());
      response.putHeader(HttpHeaders.CONNECTION, "close");
    }
    response
        .setStatusCode(problem.status())
        .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
        .end(json(problem));
  }

  private static String json(Problem problem) {
    try {
      return HydraJson.mapper().writeValueAsString(problem);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a problem is always JSON", e);
    }
  }
}
