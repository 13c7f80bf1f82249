package io.hydra.manager.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hydra.manager.apiserver.AnsweringServer;
import io.hydra.manager.apiserver.AnsweringServer.Answer;
import io.hydra.manager.apiserver.AnsweringServer.Asked;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventWriterTest {
  private static final Duration PAUSE = Duration.ofMillis(10);
  private static final Instant NOW = Instant.parse("2026-11-08T09:00:00.123Z");
  private static final ObjectReference POD = ObjectReference.pod("search", "searcher-1", "uid-1");
  private static final Announcement WRONG = Announcement.wrong(POD, "HydraWrong", "it is wrong");
  private static final Announcement DONE = Announcement.happened(POD, "ReloadStarted", "it moves");

  private final AnsweringServer server;
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final ObjectMapper json = new ObjectMapper();
  private EventWriter writer;

  EventWriterTest(@TempDir Path directory) throws IOException {
    server = new AnsweringServer(directory);
    writer = writer();
  }

  private EventWriter writer() {
    return new EventWriter(server.client(), Clock.fixed(NOW, ZoneOffset.UTC), meters, PAUSE);
  }

  @AfterEach
  void end() {
    writer.stop();
    server.close();
  }

  private List<Asked> awaitAsked(int times) {
    await().until(() -> server.asked().size() >= times);
    return List.copyOf(server.asked());
  }

  private JsonNode body(Asked request) throws IOException {
    return json.readTree(request.body());
  }

  @Test
  void givenAnAnnouncement_thenAnEventTellsItOfTheObject() throws IOException {
    writer.announce(WRONG);

    var asked = awaitAsked(1).getFirst();
    assertThat(asked.method()).isEqualTo("POST");
    assertThat(asked.path()).isEqualTo("/api/v1/namespaces/search/events");
    var event = body(asked);
    assertThat(event.path("type").asText()).isEqualTo("Warning");
    assertThat(event.path("reason").asText()).isEqualTo("HydraWrong");
    assertThat(event.path("message").asText()).isEqualTo("it is wrong");
    assertThat(event.path("lastTimestamp").asText()).isEqualTo("2026-11-08T09:00:00Z");
    assertThat(event.at("/involvedObject/uid").asText()).isEqualTo("uid-1");
    assertThat(event.at("/metadata/name").asText()).startsWith("searcher-1.");
  }

  @Test
  void givenAStateThatIsToldTwice_thenThereIsOneCall() {
    writer.announce(WRONG);
    awaitAsked(1);
    writer.announce(WRONG);
    writer.announce(DONE);

    assertThat(awaitAsked(2).get(1).body()).contains("ReloadStarted");
  }

  @Test
  void givenAStateThatAManagerBeforeHasTold_thenItIsNotToldAgain() {
    writer.announce(WRONG);
    var first = awaitAsked(1).getFirst();
    writer.stop();
    writer = writer();
    server.answering(
        request -> request.equals(first) ? new Answer(409, "{}") : new Answer(200, "{}"));

    writer.announce(WRONG);
    writer.announce(DONE);

    var asked = awaitAsked(3);
    assertThat(asked.get(1)).isEqualTo(first);
    assertThat(asked.get(2).body()).contains("ReloadStarted");
    assertThat(meters.counter("hydra.kubernetes.events.lost").count()).isZero();
  }

  @Test
  void givenAnOccurrenceThatHappensAgain_thenItIsCounted() throws IOException {
    writer.announce(DONE);
    var name = body(awaitAsked(1).getFirst()).at("/metadata/name").asText();
    writer.announce(DONE);

    var again = awaitAsked(2).get(1);
    assertThat(again.method()).isEqualTo("PATCH");
    assertThat(again.contentType()).isEqualTo("application/merge-patch+json");
    assertThat(again.path()).endsWith("/events/" + name);
    assertThat(body(again).path("count").asInt()).isEqualTo(2);
  }

  @Test
  void givenAnEventThatHasExpired_thenAnOccurrenceIsToldAnew() {
    server.answering(request -> new Answer(request.method().equals("PATCH") ? 404 : 200, "{}"));
    writer.announce(DONE);
    awaitAsked(1);
    writer.announce(DONE);

    assertThat(awaitAsked(3)).extracting(Asked::method).containsExactly("POST", "PATCH", "POST");
  }

  @Test
  void givenARefusal_thenItIsLostAndTheNextIsTold() {
    server.answering(
        request -> new Answer(request.body().contains("HydraWrong") ? 403 : 200, "{}"));
    writer.announce(WRONG);
    writer.announce(DONE);

    awaitAsked(2);
    assertThat(meters.counter("hydra.kubernetes.events.lost").count()).isEqualTo(1);
  }

  @Test
  void givenAServerThatIsAway_thenWhatIsAnnouncedIsToldWhenItIsBack() {
    var away = new AtomicInteger(3);
    server.answering(
        request -> {
          return switch (away.getAndDecrement()) {
            case 3 -> throw new IllegalStateException("no answer, on purpose");
            case 2 -> new Answer(503, "{}");
            case 1 -> new Answer(429, "{}");
            default -> new Answer(200, "{}");
          };
        });
    writer.announce(WRONG);

    awaitAsked(4);
    assertThat(meters.counter("hydra.kubernetes.events.lost").count()).isZero();
  }

  @Test
  void givenAVeryLongName_thenTheEventsNameIsShortEnough() {
    var longest = "a".repeat(229) + "-" + "b".repeat(23);
    var event = EventBody.name(Announcement.wrong(named(longest), "A", "b"), NOW);

    assertThat(event).matches("a{229}\\.[0-9a-f]{16}");
  }

  private static ObjectReference named(String name) {
    return ObjectReference.pod("search", name, "uid");
  }

  @Test
  void givenMoreThanFits_thenTheBacklogRefusesIt_andCountsWhatIsThere() throws Exception {
    var backlog = new Backlog(1);
    assertThat(backlog.add(DONE)).isTrue();
    assertThat(backlog.add(Announcement.state(POD, "DataReady", "all of it"))).isFalse();
    assertThat(backlog.add(DONE)).isTrue();

    assertThat(backlog.take()).isEqualTo(new Backlog.Due(DONE, 2));
  }

  @Test
  void givenABacklogFullOfGoodNews_thenWhatGoesWrongIsToldInsteadOfTheNewestOfThem()
      throws Exception {
    var backlog = new Backlog(2);
    var ready = Announcement.state(POD, "DataReady", "all of it");
    var failed = Announcement.failed(POD, "ReloadFailed", "it cannot");
    assertThat(backlog.add(DONE)).isTrue();
    assertThat(backlog.add(ready)).isTrue();

    assertThat(backlog.add(failed)).isFalse();
    assertThat(backlog.add(ready)).isFalse();
    assertThat(backlog.add(WRONG)).isFalse();
    assertThat(backlog.add(Announcement.wrong(POD, "DataFailed", "no room is left"))).isFalse();

    assertThat(backlog.take().announcement()).isEqualTo(failed);
    assertThat(backlog.take().announcement()).isEqualTo(WRONG);
  }
}
