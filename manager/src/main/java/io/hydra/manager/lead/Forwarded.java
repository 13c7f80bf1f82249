package io.hydra.manager.lead;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A request that the leader answers through this manager. Lives on the request's event loop. */
final class Forwarded {
  /** Says that a request was forwarded once; it is not forwarded again. */
  static final String HEADER = "Hydra-Forwarded";

  /** RFC 9110, section 7.6.1; the host is the leader's. */
  private static final Set<String> OF_THE_CONNECTION =
      Set.of(
          "connection",
          "host",
          "keep-alive",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "expect");

  private final HttpServerRequest request;
  private final URI leader;
  private volatile Optional<HttpClientRequest> sent = Optional.empty();

  Forwarded(HttpServerRequest request, URI leader) {
    this.request = request;
    this.leader = leader;
  }

  URI leader() {
    return leader;
  }

  /** Done when the whole answer was given. */
  Future<Void> to(LeaderClient client) {
    request.pause();
    request.response().closeHandler(_ -> giveUp());
    return client
        .request(leader, request.method(), request.uri())
        .compose(this::send)
        .compose(this::answer);
  }

  /** Ends it, as failed. */
  void giveUp() {
    sent.ifPresent(HttpClientRequest::reset);
  }

  private Future<HttpClientResponse> send(HttpClientRequest outgoing) {
    sent = Optional.of(outgoing);
    copy(request.headers(), outgoing.headers());
    outgoing.putHeader(HEADER, "1");
    outgoing.putHeader("X-Forwarded-For", request.remoteAddress().hostAddress());
    if (hasNoBody()) {
      request.resume();
      return outgoing.send();
    }
    if (request.getHeader(HttpHeaders.CONTENT_LENGTH) == null) {
      outgoing.setChunked(true);
    }
    return outgoing.send(request);
  }

  private boolean hasNoBody() {
    return request.method().equals(HttpMethod.GET)
        || request.method().equals(HttpMethod.HEAD)
        || (request.getHeader(HttpHeaders.CONTENT_LENGTH) == null
            && request.getHeader(HttpHeaders.TRANSFER_ENCODING) == null);
  }

  private Future<Void> answer(HttpClientResponse answer) {
    var response = request.response();
    response.setStatusCode(answer.statusCode());
    copy(answer.headers(), response.headers());
    if (answer.getHeader(HttpHeaders.CONTENT_LENGTH) == null) {
      response.setChunked(answer.statusCode() != 204);
    }
    return answer.pipeTo(response);
  }

  private static void copy(MultiMap from, MultiMap to) {
    from.forEach(
        (name, value) -> {
          if (!OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
            to.add(name, value);
          }
        });
  }
}
