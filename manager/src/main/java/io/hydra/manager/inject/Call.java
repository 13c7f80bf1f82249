package io.hydra.manager.inject;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A request and its answer, for a thread that may block; all that touches the connection happens on
 * the connection's own thread. The request was paused there.
 *
 * @param loop that thread
 */
record Call(HttpServerRequest request, Context loop) {
  /**
   * How large the body is, or as large as it may be where it does not say so.
   *
   * @throws IOException where it is larger than that
   */
  int announcedBytes(int most) throws IOException {
    var length = Optional.ofNullable(request.getHeader("Content-Length"));
    if (length.isEmpty()) {
      return most;
    }
    try {
      int bytes = Integer.parseUnsignedInt(length.get());
      if (Integer.compareUnsigned(bytes, most) <= 0) {
        return bytes;
      }
    } catch (NumberFormatException tooLarge) {
      // as below
    }
    throw new IOException("more than " + most + " bytes");
  }

  /**
   * Receives the body.
   *
   * @throws IOException where it is larger, does not come within the time, or breaks off
   */
  byte[] body(int mostBytes, Duration longest) throws IOException, InterruptedException {
    var whole = new CompletableFuture<byte[]>();
    loop.runOnContext(_ -> receive(mostBytes, whole));
    try {
      return whole.get(longest.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException slow) {
      throw new IOException("the body does not come", slow);
    } catch (ExecutionException failed) {
      throw new IOException(failed.getMessage(), failed);
    }
  }

  private void receive(int mostBytes, CompletableFuture<byte[]> whole) {
    var received = Buffer.buffer();
    request.exceptionHandler(whole::completeExceptionally);
    request.endHandler(_ -> whole.complete(received.getBytes()));
    request.handler(
        part -> {
          if (received.length() + part.length() > mostBytes) {
            whole.completeExceptionally(new IOException("more than " + mostBytes + " bytes"));
            return;
          }
          received.appendBuffer(part);
        });
    request.resume();
  }

  void answer(byte[] json) {
    loop.runOnContext(
        _ -> {
          if (isOpen()) {
            request.response().putHeader("Content-Type", "application/json");
            var unused = request.response().end(Buffer.buffer(json));
          }
        });
  }

  /** What is not read of a body must not be taken for the next request: the connection ends. */
  void refuse(int status, String why) {
    loop.runOnContext(
        _ -> {
          if (isOpen()) {
            request.response().setStatusCode(status).putHeader("Connection", "close");
            request.response().end(why + "\n").onComplete(_ -> request.connection().close());
          }
        });
  }

  private boolean isOpen() {
    return !request.response().ended() && !request.response().closed();
  }
}
