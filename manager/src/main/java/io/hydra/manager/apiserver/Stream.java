package io.hydra.manager.apiserver;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.parsetools.RecordParser;
import java.io.IOException;
import java.util.List;

/** An answer that goes on; lives on an event loop, ends from the caller's thread. */
final class Stream {
  /** The largest objects have 1.5 MiB in etcd; as JSON they are about as large. */
  private static final int LONGEST_LINE_BYTES = 8 << 20;

  private final ApiServer.Reader reader;
  private final Promise<Void> over = Promise.promise();
  private List<HttpClientRequest> request = List.of();
  private boolean ended;

  Stream(ApiServer.Reader reader) {
    this.reader = reader;
  }

  synchronized Future<HttpClientResponse> send(HttpClientRequest opened) {
    request = List.of(opened);
    // Without one, Vert.x logs an error for each connection that is gone.
    opened.exceptionHandler(this::breakOff);
    return ended ? Future.failedFuture("too late") : opened.send();
  }

  Future<Void> take(HttpClientResponse response) {
    if (response.statusCode() != 200) {
      return ApiServer.whole(response).mapEmpty();
    }
    var lines = RecordParser.newDelimited("\n", line -> give(line.getBytes()));
    lines.maxRecordSize(LONGEST_LINE_BYTES);
    lines.exceptionHandler(over::tryFail);
    response.handler(lines);
    response.exceptionHandler(this::breakOff);
    response.endHandler(_ -> over.tryComplete());
    reader.opened();
    return over.future();
  }

  private void give(byte[] line) {
    if (over.future().isComplete()) {
      return;
    }
    try {
      reader.take(line);
    } catch (IOException | RuntimeException e) {
      over.tryFail(e);
    }
  }

  private void breakOff(Throwable failure) {
    over.tryFail(new BrokenOff(failure));
  }

  /** Cuts off what is not finished. */
  synchronized void end() {
    ended = true;
    request.forEach(HttpClientRequest::reset);
  }
}
