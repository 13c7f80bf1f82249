package io.hydra.appman.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.hydra.appman.health.HookClient.Answer;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HookClientTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private final Vertx vertx = Vertx.vertx();
  private final HookClient client = new HookClient(vertx);
  private final CountDownLatch cutOff = new CountDownLatch(1);
  private final HttpServer server;

  HookClientTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/echo",
        exchange -> {
          var said = exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(201, said.length);
          exchange.getResponseBody().write(said);
          exchange.close();
        });
    server.createContext(
        "/endless",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          writeForEver(exchange.getResponseBody(), new byte[64 << 10]);
        });
    server.createContext(
        "/trickle",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write('.');
          exchange.getResponseBody().flush();
        });
    server.start();
  }

  @AfterEach
  void end() {
    server.stop(0);
    vertx.close();
  }

  @Test
  void givenAPost_thenBodyStatusAndAnswerArrive() throws Exception {
    var said = "{\"ä\":1}".getBytes(StandardCharsets.UTF_8);

    assertThat(client.post(uri("/echo"), said, LONG))
        .isEqualTo(new Answer.Answered(201, "{\"ä\":1}"));
  }

  @Test
  void givenAnAnswerWithoutEnd_thenItIsCutOff() throws Exception {
    assertThat(client.get(uri("/endless"), LONG))
        .isInstanceOfSatisfying(
            Answer.Broken.class, broken -> assertThat(broken.why()).contains("1048576 bytes"));
    assertThat(cutOff.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void givenABodyThatNeverEnds_thenTheTimeoutCountsForAllOfIt() throws Exception {
    assertThat(client.get(uri("/trickle"), Duration.ofMillis(200)))
        .isInstanceOfSatisfying(
            Answer.Broken.class, broken -> assertThat(broken.why()).contains("no answer within"));
  }

  @Test
  void givenNobodyThere_thenUnreachable() throws Exception {
    var gone = uri("/echo");
    server.stop(0);

    assertThat(client.get(gone, LONG)).isInstanceOf(Answer.Unreachable.class);
  }

  private void writeForEver(OutputStream body, byte[] part) {
    try {
      while (true) {
        body.write(part);
      }
    } catch (IOException e) {
      cutOff.countDown();
    }
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }
}
