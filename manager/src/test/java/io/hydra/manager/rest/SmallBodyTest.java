package io.hydra.manager.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Over real connections. */
class SmallBodyTest {
  private final Vertx vertx = Vertx.vertx();
  private final BlockingQueue<String> bodies = new LinkedBlockingQueue<>();
  private HttpServer server;

  @BeforeEach
  void begin() throws Exception {
    server =
        vertx
            .createHttpServer()
            .requestHandler(
                request -> {
                  int stated = Integer.parseInt(request.getParam("stated"));
                  SmallBody.of(
                      request,
                      stated,
                      body -> {
                        bodies.add(new String(body, StandardCharsets.US_ASCII));
                        var unused = request.response().end(Buffer.buffer());
                      });
                })
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get();
  }

  @AfterEach
  void end() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get();
  }

  private String sent(int stated, String... pieces) throws Exception {
    try (var socket = connect()) {
      send(socket, stated, String.join("", pieces).length(), pieces);
      return bodies.poll(20, TimeUnit.SECONDS);
    }
  }

  private Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), server.actualPort());
  }

  private static void send(Socket socket, int stated, int length, String... pieces)
      throws IOException {
    socket.setTcpNoDelay(true);
    var out = socket.getOutputStream();
    out.write(
        "POST /?stated=%d HTTP/1.1\r\nHost: m\r\nContent-Length: %d\r\n\r\n"
            .formatted(stated, length)
            .getBytes(StandardCharsets.US_ASCII));
    for (var piece : pieces) {
      out.write(piece.getBytes(StandardCharsets.US_ASCII));
      out.flush();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 3, 20, 0})
  void whateverLengthIsStated_thenAllOfItIsThere(int stated) throws Exception {
    assertThat(sent(stated, "0123", "456789")).isEqualTo("0123456789");
  }

  @Test
  void givenNothing_thenItIsEmpty() throws Exception {
    assertThat(sent(0)).isEmpty();
  }

  @Test
  void givenOneOfManyPieces_thenTheyAreInOrder() throws Exception {
    var long64 = "0123456789abcdef".repeat(4 * 1024);

    assertThat(sent(long64.length(), long64)).isEqualTo(long64);
  }

  @Test
  void givenOneThatBreaksOff_thenItDoesNotCount() throws Exception {
    try (var socket = connect()) {
      send(socket, 10, 10, "0123");
    }

    assertThat(sent(3, "all")).isEqualTo("all");
    assertThat(bodies).isEmpty();
  }
}
