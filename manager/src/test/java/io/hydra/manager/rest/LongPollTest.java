package io.hydra.manager.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Over real connections. */
class LongPollTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  private final Vertx vertx = Vertx.vertx();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final AtomicInteger answers = new AtomicInteger();
  private final List<Socket> callers = new ArrayList<>();
  private volatile Duration wait = LONG;

  /** What happens while somebody begins to listen. */
  private volatile Optional<Runnable> meanwhile = Optional.empty();

  private volatile boolean isThereNews;
  private HttpServer server;

  @BeforeEach
  void begin() throws Exception {
    var router = Router.router(vertx);
    router
        .get("/desired")
        .handler(
            request ->
                LongPoll.hold(
                    request,
                    wait,
                    this::onNews,
                    () -> {
                      answers.incrementAndGet();
                      var unused = request.response().end("order");
                    }));
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
    for (var caller : callers) {
      caller.close();
    }
    vertx.close().toCompletionStage().toCompletableFuture().get();
  }

  private Optional<Runnable> onNews(Runnable listener) {
    if (isThereNews) {
      return Optional.empty();
    }
    listeners.add(listener);
    meanwhile.ifPresent(Runnable::run);
    return Optional.of(() -> listeners.remove(listener));
  }

  private Socket call() throws IOException {
    var caller = new Socket(InetAddress.getLoopbackAddress(), server.actualPort());
    callers.add(caller);
    caller.setSoTimeout(10_000);
    ask(caller);
    return caller;
  }

  private static void ask(Socket caller) throws IOException {
    caller
        .getOutputStream()
        .write("GET /desired HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
  }

  private static String answer(Socket caller) throws IOException {
    var text = new StringBuilder();
    while (!text.toString().endsWith("order")) {
      int next = caller.getInputStream().read();
      if (next < 0) {
        return text.toString();
      }
      text.append((char) next);
    }
    return text.toString();
  }

  private void awaitHeld(int count) {
    await().until(() -> listeners.size() == count);
  }

  private void tell() {
    listeners.forEach(Runnable::run);
  }

  @Test
  void givenNewsAlready_whenAsked_thenAnsweredAtOnce() throws IOException {
    isThereNews = true;

    assertThat(answer(call())).startsWith("HTTP/1.1 200");
    assertThat(listeners).isEmpty();
  }

  @Test
  void givenOneHeld_whenNewsComes_thenAnsweredAndNothingIsLeft() throws IOException {
    var caller = call();
    awaitHeld(1);

    tell();

    assertThat(answer(caller)).startsWith("HTTP/1.1 200");
    assertThat(listeners).isEmpty();
  }

  @Test
  void givenOneHeld_whenItsWaitEnds_thenAnsweredAndNothingIsLeft() throws IOException {
    wait = Duration.ofMillis(20);

    assertThat(answer(call())).startsWith("HTTP/1.1 200");
    assertThat(listeners).isEmpty();
  }

  /** On the planner's thread, while the call still begins. */
  @Test
  void givenNewsWhileItBegins_thenAnswered() throws IOException {
    meanwhile = Optional.of(this::tell);

    assertThat(answer(call())).startsWith("HTTP/1.1 200");
    assertThat(listeners).isEmpty();
  }

  @Test
  void givenNewsTwice_thenAnsweredOnce() throws IOException {
    var caller = call();
    awaitHeld(1);
    var late = List.copyOf(listeners);

    late.forEach(Runnable::run);
    late.forEach(Runnable::run);

    assertThat(answer(caller)).startsWith("HTTP/1.1 200");
    ask(caller);
    awaitHeld(1);
    assertThat(answers).hasValue(1);
  }

  @Test
  void givenOneHeld_whenItsCallerGoesAway_thenNothingIsLeftAndNobodyIsAnswered()
      throws IOException {
    var caller = call();
    awaitHeld(1);

    caller.close();

    awaitHeld(0);
    assertThat(answers).hasValue(0);
  }

  @Test
  void givenMany_whenNewsComes_thenAllAreAnswered() throws IOException {
    var held = new ArrayList<Socket>();
    for (int i = 0; i < 100; i++) {
      held.add(call());
    }
    awaitHeld(100);

    tell();

    for (var caller : held) {
      assertThat(answer(caller)).startsWith("HTTP/1.1 200");
    }
    assertThat(answers).hasValue(100);
  }
}
