package io.hydra.manager.rest;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Collects a request's body in an array of the length that the request states: agents send
 * thousands a second, and a buffer that grows is several times as much garbage. Lives on the
 * request's event loop.
 */
final class SmallBody {
  private static final Logger LOG = Logger.getLogger(SmallBody.class);

  private byte[] bytes;
  private int received;

  private SmallBody(int length) {
    bytes = new byte[length];
  }

  /**
   * @param length as the request states; more or less may come
   * @param done called with all of it, unless it breaks off
   */
  static void of(HttpServerRequest request, int length, Consumer<byte[]> done) {
    var body = new SmallBody(length);
    request
        .handler(body::add)
        .exceptionHandler(gone -> LOG.debug("a body broke off", gone))
        .endHandler(_ -> done.accept(body.all()));
    // Quarkus has it wait for somebody who reads.
    request.resume();
  }

  private void add(Buffer chunk) {
    int end = received + chunk.length();
    if (end > bytes.length) {
      bytes = Arrays.copyOf(bytes, end);
    }
    chunk.getBytes(bytes, received);
    received = end;
  }

  private byte[] all() {
    return received == bytes.length ? bytes : Arrays.copyOf(bytes, received);
  }
}
