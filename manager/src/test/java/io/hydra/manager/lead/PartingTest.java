package io.hydra.manager.lead;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Over real connections. */
class PartingTest {
  private static final String CLOSE = "connection: close";

  private final Vertx vertx = Vertx.vertx();
  private volatile int status = 204;
  private volatile boolean isUnsure;

  /** What happens while the request is in hand. */
  private volatile Runnable meanwhile = () -> {};

  private HttpServer server;

  @BeforeEach
  void begin() throws Exception {
    var router = Router.router(vertx);
    router
        .route()
        .handler(
            request -> {
              Parting.after(request, () -> isUnsure);
              meanwhile.run();
              var _ = request.response().setStatusCode(status).end();
            });
    server =
        vertx
            .createHttpServer()
            .requestHandler(router)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get();
  }

  @AfterEach
  void end() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get();
  }

  @Test
  void givenALeaderThenItsCallersStay() throws IOException {
    try (var caller = new Socket(InetAddress.getLoopbackAddress(), server.actualPort())) {
      assertThat(ask(caller)).contains("204").doesNotContain(CLOSE);
      assertThat(ask(caller)).contains("204").doesNotContain(CLOSE);
    }
  }

  @Test
  void givenALeaderThatIsNotSureToBeOneThenItsCallersAreLetGo() throws IOException {
    isUnsure = true;

    try (var caller = new Socket(InetAddress.getLoopbackAddress(), server.actualPort())) {
      assertThat(ask(caller)).contains("204", CLOSE);
      assertThat(caller.getInputStream().read()).as("the end").isNegative();
    }
  }

  @Test
  void givenALeaderThatBecomesUnsureWhileItAnswersThenItsCallersAreLetGo() throws IOException {
    meanwhile = () -> isUnsure = true;

    try (var caller = new Socket(InetAddress.getLoopbackAddress(), server.actualPort())) {
      assertThat(ask(caller)).contains(CLOSE);
    }
  }

  @Test
  void givenARefusalThenTheCallerIsLetGo() throws IOException {
    status = 503;

    try (var caller = new Socket(InetAddress.getLoopbackAddress(), server.actualPort())) {
      assertThat(ask(caller)).contains("503", CLOSE);
    }
  }

  private static String ask(Socket caller) throws IOException {
    caller.setSoTimeout(10_000);
    caller
        .getOutputStream()
        .write("GET /report HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    return head(caller.getInputStream());
  }

  private static String head(InputStream in) throws IOException {
    var text = new StringBuilder();
    while (text.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      assertThat(next).as("a byte after %s", text).isNotNegative();
      text.append((char) next);
    }
    return text.toString().toLowerCase(Locale.ROOT);
  }
}
