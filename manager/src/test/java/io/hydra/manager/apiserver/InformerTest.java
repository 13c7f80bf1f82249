package io.hydra.manager.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.hydra.manager.apiserver.ApiObject.Name;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against an API server that answers what the test says, one answer after the other. */
class InformerTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  private final HttpServer http;
  private final Vertx vertx = Vertx.vertx();
  private final Path token;
  private final ApiServer server;
  private final ConcurrentLinkedQueue<Answer> answers = new ConcurrentLinkedQueue<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<String> tokens = new CopyOnWriteArrayList<>();
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final Thread thread;

  private final Informer informer;
  private final AtomicLong nanoTime = new AtomicLong();
  private final List<Boolean> upToDate = new CopyOnWriteArrayList<>();

  /**
   * @param lasts if present, the connection is cut off after so long
   */
  private record Answer(int status, String body, Optional<Duration> lasts) {
    Answer(int status, String body) {
      this(status, body, Optional.empty());
    }
  }

  InformerTest(@TempDir Path directory) throws IOException {
    token = Files.writeString(directory.resolve("token"), "first\n");
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.createContext("/", this::answer);
    http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    http.start();
    server = new ApiServer(config(directory), vertx);
    var followed =
        new Followed(
            "pods",
            "/api/v1/pods",
            "spec.nodeName!=",
            "tier=a",
            object -> !object.metadata().name().startsWith("other"));
    informer = new Informer(server, followed, new Telling(), nanoTime::get);
    thread =
        Thread.ofVirtual()
            .unstarted(
                () -> {
                  try {
                    informer.run();
                  } catch (InterruptedException ended) {
                    told.add("ended");
                  }
                });
  }

  private ApiServerConfig config(Path directory) {
    return new ApiServerConfig() {
      @Override
      public Optional<URI> url() {
        return Optional.of(URI.create("http://127.0.0.1:" + http.getAddress().getPort()));
      }

      @Override
      public Path caFile() {
        return directory.resolve("none");
      }

      @Override
      public Path tokenFile() {
        return token;
      }

      @Override
      public Duration timeout() {
        return Duration.ofSeconds(5);
      }
    };
  }

  private final class Telling implements Informer.Listener {
    @Override
    public void put(ApiObject object) {
      if (object.metadata().name().equals("strange")) {
        throw new IllegalStateException("thrown on purpose");
      }
      told.add("+" + object.name() + object.nodeName().map(node -> "@" + node).orElse(""));
    }

    @Override
    public void remove(Name name) {
      told.add("-" + name);
    }

    @Override
    public void listed() {
      told.add("listed");
    }
  }

  @AfterEach
  void end() throws InterruptedException {
    thread.interrupt();
    thread.join();
    http.stop(0);
    server.close();
    vertx.close();
  }

  /** With nothing more to say, it leaves the stream open. */
  private void answer(HttpExchange exchange) throws IOException {
    upToDate.add(informer.isUpToDate());
    asked.add(exchange.getRequestURI().toString());
    tokens.add(exchange.getRequestHeaders().getFirst("Authorization"));
    var next = Optional.ofNullable(answers.poll());
    if (next.flatMap(Answer::lasts).isPresent()) {
      cutOff(exchange, next.get());
      return;
    }
    exchange.sendResponseHeaders(next.map(Answer::status).orElse(200), 0);
    if (next.isEmpty()) {
      exchange.getResponseBody().flush();
      return;
    }
    exchange.getResponseBody().write(next.get().body().getBytes(StandardCharsets.UTF_8));
    exchange.close();
  }

  /** What is shorter than it was said to be is no end. */
  private void cutOff(HttpExchange exchange, Answer answer) throws IOException {
    var begun = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer.status(), begun.length + 1L);
    exchange.getResponseBody().write(begun);
    exchange.getResponseBody().flush();
    await().atMost(SOON).until(informer::isUpToDate);
    nanoTime.addAndGet(answer.lasts().orElseThrow().toNanos());
    exchange.close();
  }

  private static String pod(String name, String version) {
    return """
    {"kind":"Pod","metadata":{"name":"%s","namespace":"a","uid":"u","resourceVersion":"%s","labels":{"x":"y"}},\
    "spec":{"nodeName":"n1","containers":[{"name":"c"}]},"status":{"phase":"Running"}}"""
        .formatted(name, version);
  }

  private void list(String more, String... pods) {
    answers.add(
        new Answer(
            200,
            """
            {"kind":"PodList","metadata":{"resourceVersion":"10"%s},"items":[%s]}"""
                .formatted(more, String.join(",", pods))));
  }

  private void changes(String... lines) {
    answers.add(new Answer(200, String.join("\n", lines) + "\n"));
  }

  private static String change(String type, String object) {
    return "{\"type\":\"%s\",\"object\":%s}".formatted(type, object);
  }

  private void awaitTold(String... all) {
    thread.start();
    await().atMost(SOON).untilAsserted(() -> assertThat(told).containsExactly(all));
  }

  @Test
  void givenAListOfPages_thenAllOfItIsTold() {
    list(",\"continue\":\"next page\"", pod("p1", "1"), pod("other", "2"));
    list("", pod("p2", "3"));

    awaitTold("+a/p1@n1", "+a/p2@n1", "listed");

    await().atMost(SOON).until(() -> asked.size() == 3);
    assertThat(asked.get(0)).contains("limit=250", "spec.nodeName%21%3D", "tier%3Da");
    assertThat(asked.get(1)).contains("continue=next+page");
    assertThat(asked.get(2)).contains("watch=1", "resourceVersion=10", "spec.nodeName%21%3D");
  }

  @Test
  void givenChanges_thenEachIsTold_andTheNextStreamBeginsAfterThem() {
    list("", pod("p1", "1"));
    changes(
        change("ADDED", pod("p2", "11")),
        change("DELETED", pod("p1", "12")),
        change("MODIFIED", pod("other", "13")),
        change("BOOKMARK", "{\"kind\":\"Pod\",\"metadata\":{\"resourceVersion\":\"20\"}}"));

    awaitTold("+a/p1@n1", "listed", "+a/p2@n1", "-a/p1");

    await().atMost(SOON).until(() -> asked.size() == 3);
    assertThat(asked.get(2)).contains("resourceVersion=20");
  }

  @Test
  void givenAVersionThatIsForgotten_thenWhatIsNotInTheNewListIsGone() {
    list("", pod("p1", "1"), pod("p2", "1"));
    changes(
        change("ERROR", "{\"kind\":\"Status\",\"metadata\":{},\"code\":410,\"message\":\"old\"}"));
    list("", pod("p2", "21"), pod("p3", "22"));

    awaitTold("+a/p1@n1", "+a/p2@n1", "listed", "+a/p2@n1", "+a/p3@n1", "-a/p1", "listed");
  }

  @Test
  void givenAnObjectThatCannotBeTakenUp_thenTheOthersAreTold() {
    list("", pod("p1", "1"), pod("strange", "2"));
    changes(change("MODIFIED", pod("strange", "11")), change("ADDED", pod("p2", "12")));

    awaitTold("+a/p1@n1", "listed", "+a/p2@n1");
  }

  @Test
  void givenAServerThatFails_thenItGoesOnWithoutANewList() {
    list("", pod("p1", "1"));
    answers.add(new Answer(500, "{\"message\":\"etcd is away\"}"));
    answers.add(new Answer(403, "no JSON"));
    changes(change("MODIFIED", pod("p1", "11")));

    awaitTold("+a/p1@n1", "listed", "+a/p1@n1");

    assertThat(asked.stream().filter(path -> path.contains("limit="))).hasSize(1);
  }

  @Test
  void givenAStreamThatIsSilentUntilItIsCutOff_thenNothingIsLost() {
    list("", pod("p1", "1"));
    answers.add(new Answer(200, "", Optional.of(Duration.ofSeconds(100))));
    changes(change("MODIFIED", pod("p1", "11")));

    awaitTold("+a/p1@n1", "listed", "+a/p1@n1");

    assertThat(upToDate.get(2)).isTrue();
    assertThat(asked.get(2)).contains("watch=1", "resourceVersion=10");
  }

  @Test
  void givenAStreamThatToldSomethingBeforeItIsCutOff_thenTheNextBeginsAfterIt() {
    list("", pod("p1", "1"));
    answers.add(
        new Answer(
            200, change("MODIFIED", pod("p1", "11")) + "\n", Optional.of(Duration.ofSeconds(1))));

    awaitTold("+a/p1@n1", "listed", "+a/p1@n1");

    await().atMost(SOON).until(() -> asked.size() == 3);
    assertThat(upToDate.get(2)).isTrue();
    assertThat(asked.get(2)).contains("resourceVersion=11");
  }

  @Test
  void givenAStreamThatIsCutOffAtOnce_thenTheServerIsNotTakenForOneThatTells() {
    list("", pod("p1", "1"));
    answers.add(new Answer(200, "", Optional.of(Duration.ZERO)));

    awaitTold("+a/p1@n1", "listed");

    await().atMost(SOON).until(() -> asked.size() == 3);
    assertThat(upToDate.get(2)).isFalse();
  }

  @Test
  void givenManyStreams_thenACallIsAnsweredAllTheSame() throws Exception {
    try (var streams = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 20; i++) {
        streams.execute(this::follow);
      }
      await().atMost(SOON).until(() -> asked.size() == 20);
      answers.add(new Answer(200, "{\"kind\":\"Status\"}"));

      assertThat(server.get("/version").path("kind").asText()).isEqualTo("Status");
      streams.shutdownNow();
    }
  }

  private void follow() {
    try {
      server.follow(
          "/stream",
          new ApiServer.Reader() {
            @Override
            public void opened() {}

            @Override
            public void take(byte[] line) {}
          });
    } catch (IOException | InterruptedException ended) {
      told.add("ended");
    }
  }

  @Test
  void givenATokenThatIsRenewed_thenTheNextCallShowsIt() throws IOException {
    list("", pod("p1", "1"));
    answers.add(new Answer(401, "{\"message\":\"Unauthorized\"}"));
    Files.writeString(token, "second");

    awaitTold("+a/p1@n1", "listed");

    await().atMost(SOON).until(() -> tokens.contains("Bearer second"));
  }
}
