package io.hydra.cli;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.type.TypeReference;
import io.hydra.error.ErrorCode;
import io.hydra.wire.PublishResult;
import io.hydra.wire.RolloutPhase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code publish --wait} and {@code status --watch} follow a rollout to its end. */
class PublishWaitIT {
  private static final String CHANNEL = "/channels/prod/search/searcher";
  private static final String TEMPLATE = "a: {SourcePath: s3://m/a/}";

  private final FakeManager manager = new FakeManager();
  private Program hydra = new Program(Path.of("."));

  @BeforeEach
  void givenAPublishedRelease(@TempDir Path home) {
    hydra =
        new Program(home)
            .with("HYDRA_MANAGER", manager.address())
            .with("HYDRA_NAMESPACE", "search")
            .with("HYDRA_RELEASE", "searcher");
    manager.on(
        "POST", CHANNEL + "/releases", new PublishResult(Samples.release(Samples.SECOND), true));
  }

  @AfterEach
  void stop() {
    manager.close();
  }

  private Program.Running publish(String... more) {
    var arguments = new ArrayList<>(List.of("publish", "-", "--wait"));
    arguments.addAll(List.of(more));
    return hydra.start(TEMPLATE, arguments.toArray(String[]::new));
  }

  @Test
  void endsWellWhenEveryInstanceServesTheRelease() {
    manager.on("GET", CHANNEL + "/status", Samples.rolling(), Samples.done());

    var result = publish().await();

    assertThat(result.exitCode()).isZero();
    assertThat(result.out())
        .contains("instance searcher-2  CONNECTED, RELOADING")
        .contains("node node-2  CONNECTED, 40% of 12.0 MiB")
        .contains("done: 2 of 2 instances serve #2 2026-11-08T09-00-00")
        .doesNotContain("\u001b");
  }

  @Test
  void keepsStdoutForTheDocument() {
    manager.on("GET", CHANNEL + "/status", Samples.rolling(), Samples.done());

    var result = publish("-o", "json").await();

    assertThat(result.json(new TypeReference<PublishResult>() {}).created()).isTrue();
    assertThat(result.err()).contains("RELOADING", "done: 2 of 2");
  }

  @Test
  void isDoneWithoutInstances() {
    manager.on(
        "GET",
        CHANNEL + "/status",
        Samples.status(RolloutPhase.DONE, Optional.of(Samples.SECOND), "", List.of(), List.of()));

    var result = publish().await();

    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).contains("no instance is registered");
  }

  @Test
  void isFourWhenTheReleaseIsRejected() {
    manager.on(
        "GET",
        CHANNEL + "/releases",
        Samples.page(
            Samples.view(Samples.SECOND, false, Optional.of("searcher-1 answered 500")),
            Samples.view(Samples.FIRST, true, Optional.empty())));
    manager.on(
        "GET",
        CHANNEL + "/status",
        Samples.rolling(),
        Samples.status(
            RolloutPhase.ROLLING,
            Optional.of(Samples.FIRST),
            "",
            List.of(),
            List.of(Samples.serving("searcher-1", Samples.SECOND))));

    var result = publish().await();

    assertThat(result.exitCode()).isEqualTo(4);
    assertThat(result.err()).contains("hydra: REJECTED:", "searcher-1 answered 500");
  }

  @Test
  void isFourWhenANewerReleaseReplacesIt() {
    manager.on(
        "GET",
        CHANNEL + "/releases",
        Samples.page(
            Samples.view(Samples.THIRD, true, Optional.empty()),
            Samples.view(Samples.SECOND, false, Optional.empty())));
    manager.on(
        "GET",
        CHANNEL + "/status",
        Samples.status(
            RolloutPhase.FETCHING, Optional.of(Samples.THIRD), "", List.of(), List.of()));

    var result = publish().await();

    assertThat(result.exitCode()).isEqualTo(4);
    assertThat(result.err()).contains("hydra: SUPERSEDED:", "#3 2026-11-15T09-00-00");
  }

  @Test
  void isFourWhenBlockedAtTheTimeout() {
    manager.on(
        "GET",
        CHANNEL + "/status",
        Samples.status(
            RolloutPhase.BLOCKED,
            Optional.of(Samples.SECOND),
            "node-3 has no room",
            List.of(),
            List.of(Samples.serving("searcher-1", Samples.FIRST))));

    var result = publish("--timeout", "1s").await();

    assertThat(result.exitCode()).isEqualTo(4);
    assertThat(result.err()).contains("hydra: BLOCKED:", "node-3 has no room", "hydra explain");
  }

  @Test
  void isFiveWhenItGoesOnAtTheTimeout() {
    manager.on("GET", CHANNEL + "/status", Samples.rolling());

    var result = publish("--timeout", "1s").await();

    assertThat(result.exitCode()).isEqualTo(5);
    assertThat(result.err())
        .contains("hydra: TIMEOUT:", "instance searcher-2 serves #1 2026-11-01T09-00-00");
  }

  @Test
  void survivesAManagerThatRestarts() {
    manager.on("GET", CHANNEL + "/status", Samples.rolling());
    var running = publish();
    await().atMost(30, SECONDS).until(() -> running.outSoFar().contains("RELOADING"));

    manager.goAway();
    await().atMost(30, SECONDS).until(() -> running.outSoFar().contains("asking again"));
    manager.on("GET", CHANNEL + "/status", Samples.done());
    manager.comeBack();

    var result = running.await();
    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).contains("no manager answers at", "answers again", "done: 2 of 2");
  }

  @Test
  void isOneWhenTheChannelIsDeletedMeanwhile() {
    manager.on("GET", CHANNEL + "/status", Samples.rolling(), ErrorCode.UNKNOWN_CHANNEL);

    assertThat(publish().await().exitCode()).isEqualTo(1);
  }

  @Test
  void interruptedLeavesTheRolloutGoingAndSaysHowToLookAtIt() throws Exception {
    manager.on("GET", CHANNEL + "/status", Samples.rolling());
    var running = publish();
    await().atMost(30, SECONDS).until(() -> running.outSoFar().contains("RELOADING"));

    running.interrupt();

    var result = running.await();
    assertThat(result.exitCode()).isEqualTo(130);
    assertThat(result.err().strip())
        .isEqualTo(
            "the rollout goes on without us; look at it with:"
                + " hydra status --watch --env prod -n search --release searcher");
  }

  @Test
  void watchPrintsADocumentALineForEachChangeUntilInterrupted() throws Exception {
    manager.on(
        "GET",
        CHANNEL + "/status",
        Samples.rolling(),
        Samples.rolling(),
        Samples.rolling(),
        Samples.done());
    var running = hydra.start("", "status", "--watch", "-o", "json");
    await().atMost(30, SECONDS).until(() -> running.outSoFar().lines().count() == 2);

    running.interrupt();

    var result = running.await();
    assertThat(result.exitCode()).isEqualTo(130);
    assertThat(result.err()).isEmpty();
    assertThat(result.out().lines().toList().getLast()).contains("\"phase\":\"DONE\"");
  }
}
