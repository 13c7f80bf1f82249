package io.hydra.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.cli.FakeManager.Answer;
import io.hydra.error.ErrorCode;
import io.hydra.wire.HydraJson;
import io.hydra.wire.Page;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events are told as they come, over connections that end. */
class EventsIT {
  private static final String EVENTS = "/events";

  private final FakeManager manager = new FakeManager();
  private Program hydra = new Program(Path.of("."));

  @BeforeEach
  void givenAHomeWithDefaults(@TempDir Path home) {
    hydra =
        new Program(home)
            .with("HYDRA_MANAGER", manager.address())
            .with("HYDRA_NAMESPACE", "search")
            .with("HYDRA_RELEASE", "searcher");
  }

  @AfterEach
  void stop() {
    manager.close();
  }

  private static String event(String id, String type, String message) {
    return """
        id:%s
        event:%s
        data:{"id":"%s","at":"2026-11-08T09:00:00Z","type":"%s","channel":"prod/search/searcher","by":"ci","message":"%s"}

        """
        .formatted(id, type, id, type, message);
  }

  private static void await(Callable<Boolean> condition) {
    Awaitility.await().atMost(60, TimeUnit.SECONDS).until(condition);
  }

  @Test
  void aConnectionThatEndsIsMadeAnewWhereItWas() throws Exception {
    manager.on(
        "GET",
        EVENTS,
        Answer.events(event("x-0", "RESET", "begin") + event("x-1", "HEAD_CHANGED", "head is #1")),
        Answer.events(event("x-2", "PINNED", "pinned to #1") + ":\nid:x-5\n\n"),
        Answer.events(event("y-0", "RESET", "anew") + event("y-1", "NEWER_KIND", "what?")),
        Answer.events(":\n\n"));

    var running = hydra.start("", "events");
    try {
      await(() -> manager.requests("GET", EVENTS).size() >= 4);
      await(() -> running.errSoFar().contains("RESET"));
      running.interrupt();
    } finally {
      running.process().destroy();
    }

    assertThat(running.outSoFar().lines())
        .hasSize(2)
        .anyMatch(line -> line.endsWith("HEAD_CHANGED        head is #1 (ci)"))
        .anyMatch(line -> line.endsWith("PINNED              pinned to #1 (ci)"));
    assertThat(running.errSoFar().lines().filter(line -> line.contains("RESET"))).hasSize(1);
    assertThat(manager.requests("GET", EVENTS))
        .extracting(FakeManager.Request::lastEventId)
        .startsWith(Optional.empty(), Optional.of("x-1"), Optional.of("x-5"), Optional.of("y-1"));
    assertThat(manager.requests("GET", EVENTS).getFirst().query()).isEmpty();
  }

  @Test
  void asJsonEachIsALineWithTheResetsAndKindsThatAreNotKnown() throws Exception {
    manager.on(
        "GET",
        EVENTS,
        Answer.events(event("x-0", "RESET", "begin") + event("x-1", "NEWER_KIND", "what?")),
        Answer.events(":\n\n"));

    var running = hydra.start("", "events", "stage/x/y", "--since", "w-9", "-o", "json");
    try {
      await(() -> manager.requests("GET", EVENTS).size() >= 2);
    } finally {
      running.process().destroy();
    }

    var lines = running.outSoFar().lines().toList();
    assertThat(lines).hasSize(2);
    assertThat(type(lines.get(0))).isEqualTo("RESET");
    assertThat(type(lines.get(1))).isEqualTo("NEWER_KIND");
    assertThat(running.errSoFar()).contains("events may have been missed");
    var first = manager.requests("GET", EVENTS).getFirst();
    assertThat(first.lastEventId()).contains("w-9");
    assertThat(first.query())
        .containsEntry("env", "stage")
        .containsEntry("namespace", "x")
        .containsEntry("name", "y");
  }

  private static String type(String line) throws IOException {
    return HydraJson.mapper().readTree(line).path("type").asText();
  }

  @Test
  void aManagerThatRestartsIsWaitedFor() {
    manager.on(
        "GET",
        EVENTS,
        Answer.events(event("x-0", "RESET", "begin")),
        ErrorCode.UNAVAILABLE,
        Answer.events(event("x-1", "UNPINNED", "follows its head")),
        Answer.events(":\n\n"));

    var running = hydra.start("", "events");
    try {
      await(() -> running.outSoFar().contains("follows its head"));
    } finally {
      running.process().destroy();
    }

    assertThat(running.errSoFar())
        .contains("the fake manager says Unavailable; asking again", "answers again")
        .doesNotContain("RESET");
  }

  @Test
  void whatIsRefusedForGoodEndsIt() {
    manager.on("GET", EVENTS, ErrorCode.FORBIDDEN);

    var result = hydra.run("events");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains("FORBIDDEN");
  }

  @Test
  void withoutAManagerItEnds() {
    manager.goAway();

    var result = hydra.run("events");

    assertThat(result.exitCode()).isEqualTo(3);
  }

  @Test
  void anAnswerThatMayBeOldIsMarkedOnceAndStdoutIsAsEver() {
    var page = Samples.page(Samples.channel(Optional.of(Samples.SECOND), Optional.empty()));
    manager.on(
        "GET",
        "/channels",
        Answer.stale(new Page<>(page.items(), Optional.of("next"))),
        Answer.stale(page));

    var result = hydra.run("channels", "-o", "json");

    assertThat(result.exitCode()).isZero();
    assertThat(result.err().lines().filter(line -> line.contains("STALE"))).hasSize(1);
    assertThat(result.out()).doesNotContain("STALE");
  }

  @Test
  void anAnswerThatIsNotMarkedCausesNoWarning() {
    manager.on(
        "GET",
        "/channels",
        Samples.page(Samples.channel(Optional.of(Samples.SECOND), Optional.empty())));

    assertThat(hydra.run("channels").err()).isEmpty();
  }
}
