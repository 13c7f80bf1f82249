package io.hydra.testing.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LinkTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<String> arrived = new CopyOnWriteArrayList<>();
  private final HttpServer server;
  private final Link link;

  LinkTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          arrived.add(exchange.getRequestURI().getPath());
          exchange.sendResponseHeaders(200, 2);
          exchange.getResponseBody().write("ok".getBytes(UTF_8));
          exchange.close();
        });
    link = new Link(server.getAddress().getPort());
  }

  @BeforeEach
  void start() {
    server.start();
  }

  @AfterEach
  void stop() {
    link.close();
    server.stop(0);
    http.close();
  }

  private CompletableFuture<HttpResponse<String>> ask(String path) {
    return http.sendAsync(
        HttpRequest.newBuilder(link.url().resolve(path)).build(),
        HttpResponse.BodyHandlers.ofString(UTF_8));
  }

  private String answer(String path) throws Exception {
    return ask(path).get().body();
  }

  @Test
  void givenAnAnswer_whenItHasArrived_thenItsBytesAreCounted() throws Exception {
    var answer = ask("/count").get(LONG.toSeconds(), TimeUnit.SECONDS);

    assertThat(answer.body()).isEqualTo("ok");
    // With its headers.
    assertThat(link.answeredBytes()).isBetween(20L, 1000L);
  }

  @Test
  void givenAWholeLink_thenQuestionsAndAnswersPass() throws Exception {
    assertThat(answer("/a")).isEqualTo("ok");
    assertThat(answer("/b")).isEqualTo("ok");
  }

  @Test
  void givenACutLink_thenCallsFailAtOnceUntilItIsMended() throws Exception {
    assertThat(answer("/a")).isEqualTo("ok");
    link.cut();
    assertThatThrownBy(() -> answer("/lost")).hasCauseInstanceOf(IOException.class);
    link.mend();
    assertThat(answer("/b")).isEqualTo("ok");
    assertThat(arrived).containsExactly("/a", "/b");
  }

  @Test
  void givenAHeldLink_thenWhatWasAskedArrivesOnceItIsMended() throws Exception {
    assertThat(answer("/a")).isEqualTo("ok");
    link.hold();
    var asked = ask("/late");
    assertThatThrownBy(() -> asked.get(300, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    assertThat(arrived).containsExactly("/a");
    link.mend();
    assertThat(asked.get().body()).isEqualTo("ok");
  }

  @Test
  void givenHeldAnswers_thenWhatWasAskedArrivesAndTheAnswerComesOnceItIsMended() throws Exception {
    link.holdAnswers();
    var asked = ask("/a");
    await().atMost(LONG).until(() -> arrived.contains("/a"));
    assertThat(asked).isNotDone();
    link.mend();
    assertThat(asked.get().body()).isEqualTo("ok");
  }

  @Test
  void givenAHeldLinkThatIsCut_thenWhatWasOnTheWayNeverArrives() throws Exception {
    link.hold();
    var asked = ask("/lost");
    link.cut();
    assertThatThrownBy(asked::get).hasCauseInstanceOf(IOException.class);
    link.mend();
    assertThat(answer("/a")).isEqualTo("ok");
    assertThat(arrived).containsExactly("/a");
  }
}
