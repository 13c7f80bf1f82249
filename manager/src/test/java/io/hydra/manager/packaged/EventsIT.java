package io.hydra.manager.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hydra.testing.process.Await;
import io.hydra.wire.ChannelEvent;
import io.hydra.wire.EventType;
import io.hydra.wire.HydraJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who watches the packaged manager is told of every change, or that some were missed. */
class EventsIT {
  private static final String CHANNELS = "/api/v1/channels/";
  private static final String CHANNEL = "prod/search/searcher";
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final String NO_BODY = "";

  private final ObjectMapper json = HydraJson.mapper();
  private final Path directory;
  private Optional<ManagerProcess> started = Optional.empty();

  EventsIT(@TempDir Path directory) {
    this.directory = directory;
  }

  @AfterEach
  void close() {
    started.ifPresent(ManagerProcess::close);
  }

  private ManagerProcess start(Map<String, String> settings) {
    var manager = ManagerProcess.start(directory, settings);
    started = Optional.of(manager);
    return manager;
  }

  private static void create(ManagerProcess manager, String channel, Map<String, String> headers)
      throws Exception {
    assertThat(manager.send("PUT", CHANNELS + channel, "{}", headers).statusCode()).isEqualTo(201);
  }

  private static String publish(ManagerProcess manager, String channel) throws Exception {
    var template =
        "{\"template\": {\"words\": {\"Inline\": {\"words.txt\": \"%d\"}}}}"
            .formatted(NUMBER.incrementAndGet());
    var answer = manager.send("POST", CHANNELS + channel + "/releases", template, Map.of());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return HydraJson.mapper().readTree(answer.body()).at("/release/version").asText();
  }

  @Test
  void givenAWatcherThenItIsToldOfChangesAsTheyHappen() throws Exception {
    var manager = start(Map.of());
    try (var stream = EventStream.open(manager.address())) {
      assertThat(stream.await(EventType.RESET).channel()).isEmpty();
      create(manager, CHANNEL, Map.of());
      var version = publish(manager, CHANNEL);
      stream.await(EventType.HEAD_CHANGED);
      manager.send(
          "PUT", CHANNELS + CHANNEL + "/pin", "{\"version\": \"%s\"}".formatted(version), Map.of());
      stream.await(EventType.PINNED);
      manager.send("DELETE", CHANNELS + CHANNEL + "/pin", NO_BODY, Map.of());
      stream.await(EventType.UNPINNED);
      manager.send("DELETE", CHANNELS + CHANNEL, NO_BODY, Map.of());
      stream.await(EventType.CHANNEL_DELETED);

      assertThat(stream.types())
          .containsSubsequence(
              EventType.RESET,
              EventType.CHANNEL_CREATED,
              EventType.RELEASE_PUBLISHED,
              EventType.HEAD_CHANGED,
              EventType.PINNED,
              EventType.UNPINNED,
              EventType.CHANNEL_DELETED);
      assertThat(stream.events())
          .extracting(ChannelEvent::id)
          .doesNotHaveDuplicates()
          .allMatch(id -> id.startsWith(stream.events().getFirst().id().split("-")[0]));
      assertThat(stream.await(EventType.HEAD_CHANGED).release().orElseThrow().version().value())
          .isEqualTo(version);
    }
  }

  @Test
  void givenAnInstanceThatMovesThenItsWayIsTold() throws Exception {
    var manager = start(Map.of("hydra.leader.grace", "100ms"));
    create(manager, CHANNEL, Map.of());
    try (var stream = EventStream.open(manager.address(), "?name=searcher", Map.of())) {
      stream.await(EventType.RESET);
      register(manager);
      var release = json.createObjectNode().put("sequence", 1);
      release.put("version", publish(manager, CHANNEL));
      report(manager, "WAITING", "{}");
      report(manager, "SERVING", "{\"serving\": %s}".formatted(release));
      var served = stream.await(EventType.RELOAD_COMPLETED);

      assertThat(served.instance().orElseThrow().value()).isEqualTo("searcher-1");
      assertThat(served.node().orElseThrow().value()).isEqualTo("node-1");
      var worse =
          "{\"serving\": %s, \"failed\": {\"sequence\": 2, \"version\": \"%s\"}, \"fault\": {\"code\": \"RELOAD_FAILED\", \"detail\": \"no such model\"}}"
              .formatted(release, publish(manager, CHANNEL));
      report(manager, "SERVING", worse);
      assertThat(stream.await(EventType.RELOAD_FAILED).message()).endsWith(": no such model");
    }
  }

  private static void register(ManagerProcess manager) throws Exception {
    manager.send(
        "PUT",
        "/api/v1/nodes/node-1",
        "{\"name\": \"node-1\", \"labels\": {}, \"dataRoot\": \"/data\", \"agentVersion\": \"1\"}",
        Map.of());
    var answer =
        manager.send(
            "PUT",
            "/api/v1/instances/searcher-1",
            "{\"id\": \"searcher-1\", \"channel\": \"%s\", \"node\": \"node-1\"}"
                .formatted(CHANNEL),
            Map.of());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private void report(ManagerProcess manager, String state, String rest) throws Exception {
    var report =
        (ObjectNode)
            json.readTree("{\"epoch\": 0, \"ready\": true, \"released\": false, \"loaded\": {}}");
    report.put("state", state);
    report.setAll((ObjectNode) json.readTree(rest));
    var answer =
        manager.send("POST", "/api/v1/instances/searcher-1/report", report.toString(), Map.of());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
  }

  @Test
  void givenOneThatComesAgainThenItGoesOnWhereItWas() throws Exception {
    var manager = start(Map.of());
    String last;
    try (var stream = EventStream.open(manager.address())) {
      stream.await(EventType.RESET);
      create(manager, CHANNEL, Map.of());
      last = stream.await(EventType.CHANNEL_CREATED).id();
    }
    publish(manager, CHANNEL);

    try (var again = EventStream.resume(manager.address(), last)) {
      again.await(EventType.HEAD_CHANGED);
      assertThat(again.types())
          .startsWith(EventType.RELEASE_PUBLISHED, EventType.HEAD_CHANGED)
          .doesNotContain(EventType.RESET, EventType.CHANNEL_CREATED);
    }
  }

  @Test
  void givenAManagerThatStopsThenTheStreamEndsAndAnotherOneTellsOfTheGap() throws Exception {
    var manager = start(Map.of());
    String last;
    try (var stream = EventStream.open(manager.address())) {
      stream.await(EventType.RESET);
      create(manager, CHANNEL, Map.of());
      last = stream.await(EventType.CHANNEL_CREATED).id();
      assertThat(manager.stop(LONG)).isTrue();
      assertThat(stream.awaitCleanEnd()).isTrue();
    }
    var next = start(Map.of());

    try (var again = EventStream.resume(next.address(), last)) {
      assertThat(again.await(EventType.RESET).message()).contains("not known any more");
      publish(next, CHANNEL);
      again.await(EventType.HEAD_CHANGED);
      assertThat(again.types()).startsWith(EventType.RESET, EventType.RELEASE_PUBLISHED);
    }
  }

  @Test
  void givenMoreThanIsKeptThenTheGapIsTold() throws Exception {
    var manager = start(Map.of("hydra.events.kept", "1"));
    String last;
    try (var stream = EventStream.open(manager.address())) {
      last = stream.await(EventType.RESET).id();
      create(manager, CHANNEL, Map.of());
      publish(manager, CHANNEL);
      // It is let go as soon as it falls behind, and has heard all where it does not.
      Await.until(
          () -> "more is told than is kept, after " + stream.events(),
          LONG,
          () -> stream.hasEnded() || stream.types().contains(EventType.HEAD_CHANGED));
    }

    try (var again = EventStream.resume(manager.address(), last)) {
      assertThat(again.await(EventType.RESET).message()).contains("not known any more");
    }
  }

  @Test
  void givenRolesThenEachSeesItsOwnChannelsOnly() throws Exception {
    var tokens =
        Files.write(
            directory.resolve("tokens"),
            List.of(
                line("root", "admin *"),
                line("maps", "viewer prod/maps/*"),
                line("host", "agent node:node-1")));
    var manager = start(Map.of("hydra.identity.tokens-file", tokens.toString()));
    try (var all = EventStream.open(manager.address(), "", as("root"));
        var maps = EventStream.open(manager.address(), "", as("maps"))) {
      all.await(EventType.RESET);
      maps.await(EventType.RESET);
      create(manager, CHANNEL, as("root"));
      create(manager, "prod/maps/tiles", as("root"));
      maps.await(EventType.CHANNEL_CREATED);
      Await.until("root is told of both", LONG, () -> all.events().size() >= 3);

      assertThat(maps.events().stream().flatMap(event -> event.channel().stream()))
          .isNotEmpty()
          .allMatch(id -> id.namespace().equals("maps"));
    }
    assertRefused(manager.get("/api/v1/events").body(), "UNAUTHENTICATED");
    assertRefused(manager.send("GET", "/api/v1/events", NO_BODY, as("host")).body(), "FORBIDDEN");
    assertRefused(
        manager
            .send(
                "GET",
                "/api/v1/events?env=prod&namespace=search&name=searcher",
                NO_BODY,
                as("maps"))
            .body(),
        "FORBIDDEN");
  }

  @Test
  void givenAsManyWatchersAsAreServedThenOneMoreIsRefusedUntilOneGoes() throws Exception {
    var manager = start(Map.of("hydra.events.watchers", "1"));
    try (var only = EventStream.open(manager.address())) {
      only.await(EventType.RESET);

      var refused = manager.get("/api/v1/events");

      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
      assertThat(refused.headers().firstValue("Retry-After")).isPresent();
      assertRefused(refused.body(), "TOO_MANY_WATCHERS");
    }
    Await.until(
        "there is room again",
        LONG,
        () -> {
          try (var next = EventStream.open(manager.address())) {
            return next.await(EventType.RESET).type() == EventType.RESET;
          } catch (AssertionError stillFull) {
            return false;
          }
        });
  }

  @Test
  void givenNothingHappensThenCommentsTellThatTheConnectionLives() throws Exception {
    var manager = start(Map.of());
    try (var stream = EventStream.open(manager.address())) {
      stream.awaitComment();
      assertThat(stream.types()).containsExactly(EventType.RESET);
    }
  }

  private void assertRefused(String body, String code) throws IOException {
    JsonNode problem = json.readTree(body);
    assertThat(problem.path("code").asText()).isEqualTo(code);
  }

  private static Map<String, String> as(String who) {
    return Map.of("Authorization", "Bearer secret-of-" + who);
  }

  private static String line(String name, String rest) throws NoSuchAlgorithmException {
    var hash =
        MessageDigest.getInstance("SHA-256")
            .digest(("secret-of-" + name).getBytes(StandardCharsets.US_ASCII));
    return "%s %s %s".formatted(name, HexFormat.of().formatHex(hash), rest);
  }
}
