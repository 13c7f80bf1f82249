package io.hydra.manager.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.hydra.error.ErrorCode;
import io.hydra.error.Problem;
import io.hydra.wire.HydraJson;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;

/** Answers with a problem before a request has come to the resources. */
public final class RawProblem {
  /** By then there is a leader, or this manager is back. */
  private static final String RETRY_AFTER_SECONDS = "2";

  private RawProblem() {}

  /**
   * The body of the request may not have been read, so nothing else can come on a connection of
   * HTTP/1, and it is closed.
   */
  public static void answer(RoutingContext request, Problem problem) {
    var response = request.response();
    if (request.request().version() != HttpVersion.HTTP_2) {
      response.endHandler(_ -> request.request().connection().close());
      response.putHeader(HttpHeaders.CONNECTION, "close");
    }
    answerWhole(request, problem);
  }

  /** To a request that was read to its end: something else may come on its connection. */
  public static void answerWhole(RoutingContext request, Problem problem) {
    var response = request.response();
    if (problem.code() == ErrorCode.UNAVAILABLE) {
      response.putHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
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
