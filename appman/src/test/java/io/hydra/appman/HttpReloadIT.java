package io.hydra.appman;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.appman.lifecycle.ReleaseSet;
import io.hydra.appman.support.FakeNode;
import io.hydra.error.ErrorCode;
import io.hydra.model.DatasetName;
import io.hydra.model.Digest;
import io.hydra.model.ReleaseRef;
import io.hydra.wire.Grant;
import io.hydra.wire.InstanceDesired;
import io.hydra.wire.InstanceReport;
import io.hydra.wire.InstanceState;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpReloadIT extends AppManIT {
  @BeforeEach
  void hooks() {
    withHttpHooks();
  }

  @Test
  void givenAGrant_thenTheApplicationLoadsItAndTheInstanceIsReady() throws IOException {
    startServing(ONE);

    assertThat(isReady()).isTrue();
    assertThat(application.calls()).containsExactly("load " + ONE.ref().version());
    assertThat(application.violations()).isEmpty();
    assertCurrentLeadsTo(ONE);
  }

  @Test
  void givenANewGrant_thenTheInstanceDrainsReloadsAndServesIt() throws IOException {
    startServing(ONE);
    node.bring(TWO);

    manager.grant(TWO);
    awaitServing(TWO);

    assertThat(application.violations()).isEmpty();
    assertThat(manager.reports().stream().map(InstanceReport::state))
        .containsSubsequence(InstanceState.SERVING, InstanceState.DRAINING, InstanceState.SERVING);
    assertThat(manager.lastReport().orElseThrow().loaded()).isEqualTo(TWO.contents());
    assertCurrentLeadsTo(TWO);
  }

  @Test
  void givenDataThatIsNotThereYet_thenTheInstanceServesUntilItIs() {
    startServing(ONE);

    manager.grant(TWO);
    awaitThat(
        "as expected", () -> lastFaultDetail().contains("waits for data of release " + TWO.ref()));
    assertThat(isReady()).isTrue();

    node.bring(TWO);
    awaitServing(TWO);
  }

  @Test
  void givenARefusedRelease_thenTheInstanceGoesBackAndSaysSo() throws IOException {
    startServing(ONE);
    node.bring(TWO);
    application.refuse(TWO.ref().version().value());

    manager.grant(TWO);
    awaitThat(
        "as expected", () -> failedRelease().equals(Optional.of(TWO.ref())) && isServing(ONE));

    var fault = manager.lastReport().orElseThrow().fault().orElseThrow();
    assertThat(fault.code()).isEqualTo(ErrorCode.RELOAD_FAILED);
    assertThat(fault.detail()).contains("HTTP status 500", "cannot read the index");
    assertThat(application.loaded()).isEqualTo(texts(ONE.contents()));
    assertThat(application.violations()).isEmpty();
    assertCurrentLeadsTo(ONE);
  }

  @Test
  void givenRequestsInHand_thenTheReloadWaitsForThemAndForTheSettleTime() {
    properties.put("hydra.drain.settle", "1s");
    startServing(ONE);
    node.bring(TWO);
    application.inFlight(2);
    var left = new AtomicReference<Instant>(Instant.MAX);
    var loaded = new AtomicReference<Instant>(Instant.MIN);
    manager.onReport(
        report -> {
          if (report.state() == InstanceState.DRAINING) {
            left.compareAndSet(Instant.MAX, Instant.now());
          }
        });
    application.onEvent(event -> recordLoad(event, loaded));

    manager.grant(TWO);
    awaitThat("as expected", () -> application.inFlightAsked() >= 3);
    assertThat(application.calls()).hasSize(1);
    application.inFlight(0);
    awaitServing(TWO);

    // The report leaves a moment after the drain has begun.
    assertThat(Duration.between(left.get(), loaded.get())).isGreaterThan(Duration.ofMillis(800));
  }

  private static void recordLoad(String event, AtomicReference<Instant> loaded) {
    if (event.equals("load")) {
      loaded.set(Instant.now());
    }
  }

  @Test
  void givenRequestsThatNeverEnd_thenTheDrainEndsAtItsDeadline() {
    properties.put("hydra.drain.deadline", "1s");
    startServing(ONE);
    node.bring(TWO);
    application.inFlight(1);

    manager.grant(TWO);

    awaitServing(TWO);
  }

  @Test
  void givenAGrantToLetGo_thenTheApplicationUnloadsBeforeTheNewDataComes() {
    startServing(ONE);

    manager.grant(TWO, true);
    awaitThat("as expected", () -> manager.lastReport().orElseThrow().released());
    assertThat(application.loaded()).isEmpty();
    node.evict(ONE);
    node.bring(TWO);
    awaitServing(TWO);

    assertThat(application.calls())
        .containsExactly("load " + ONE.ref().version(), "unload", "load " + TWO.ref().version());
    assertThat(manager.lastReport().orElseThrow().released()).isFalse();
  }

  @Test
  void givenSameContentUnderANewRelease_thenTheInstanceStaysInService() throws IOException {
    startServing(ONE);
    var same = new ReleaseSet(TWO.ref(), ONE.datasets());
    int before = manager.reports().size();

    manager.grant(same);
    awaitServing(same);

    assertThat(manager.reports().stream().skip(before).map(InstanceReport::ready))
        .doesNotContain(false);
    assertThat(Files.readSymbolicLink(dir().resolve("current")).toString())
        .contains(TWO.ref().version().value());
  }

  @Test
  void givenAReadyHookThatTimesOutTwice_thenTheInstanceStaysInTraffic() {
    properties.put("hydra.app.timeout", "500ms");
    startServing(ONE);
    int reports = manager.reports().size();
    int answers = application.readyAnswers();

    application.silentAboutReady(2);
    awaitThat("asked again", () -> application.readyAnswers() > answers + 1);

    assertThat(isReady()).isTrue();
    assertThat(manager.reports().stream().skip(reports).map(InstanceReport::ready))
        .doesNotContain(false);
  }

  @Test
  void givenAReadyHookThatTimesOutForLong_thenTheInstanceLeavesTraffic() {
    properties.put("hydra.app.timeout", "500ms");
    startServing(ONE);

    application.silentAboutReady(Integer.MAX_VALUE);
    awaitThat("out of traffic", () -> !isReady());

    application.silentAboutReady(0);
    awaitServing(ONE);
  }

  @Test
  void givenAnApplicationThatRestarts_thenItIsLoadedAgainWhileNotReady() {
    startServing(ONE);

    application.stop();
    awaitThat("as expected", () -> !isReady());
    application.start();
    awaitServing(ONE);

    assertThat(application.loaded()).isEqualTo(texts(ONE.contents()));
    assertThat(application.violations()).isEmpty();
  }

  @Test
  void givenAnApplicationThatIsDown_thenTheReleaseIsNotBlamed() {
    startServing(ONE);
    node.bring(TWO);
    application.stop();
    awaitThat("as expected", () -> !isReady());

    manager.grant(TWO);
    awaitThat("as expected", () -> lastFaultDetail().contains("waits for the application"));
    application.start();
    awaitServing(TWO);

    assertThat(manager.reports()).allMatch(report -> report.failed().isEmpty());
  }

  @Test
  void givenAManagerThatForgets_thenTheInstanceRegistersAgain() {
    startServing(ONE);

    manager.forget();

    awaitThat("as expected", manager::isRegistered);
  }

  @Test
  void givenAnOlderEpoch_thenTheOrderIsRefused() {
    startServing(ONE);
    var order = new InstanceDesired(1, Optional.of(new Grant(1, TWO.ref(), TWO.datasets(), false)));
    node.bring(TWO);

    appMan.orElseThrow().kill();
    manager.order(order);
    start();

    awaitThat("as expected", () -> output().contains("STALE_EPOCH"));
    awaitServing(ONE);
  }

  @Test
  void givenManySuccessiveReleases_thenOnlyThoseInUseKeepADirectory() throws IOException {
    startServing(ONE);
    for (int i = 2; i <= 4; i++) {
      node.bring(FakeNode.release(i));
      manager.grant(FakeNode.release(i));
      awaitServing(FakeNode.release(i));
    }

    try (var kept = Files.list(dir().resolve("releases"))) {
      assertThat(kept.map(path -> String.valueOf(path.getFileName())))
          .containsExactlyInAnyOrder(
              "000003-" + THREE.ref().version(), "000004-" + FakeNode.release(4).ref().version());
    }
  }

  private String lastFaultDetail() {
    return manager.lastReport().flatMap(InstanceReport::fault).map(f -> f.detail()).orElse("");
  }

  private Optional<ReleaseRef> failedRelease() {
    return manager.lastReport().flatMap(InstanceReport::failed);
  }

  private static Map<String, String> texts(Map<DatasetName, Digest> contents) {
    var texts = new TreeMap<String, String>();
    contents.forEach((name, digest) -> texts.put(name.value(), digest.hex()));
    return texts;
  }

  @Test
  void givenNothingToServe_thenReadinessIsDownAndLivenessIsUp() {
    var started = start();
    awaitThat("as expected", () -> started.status("/q/health/live") == 200);

    assertThat(started.status("/q/health/ready")).isEqualTo(503);
    assertThat(List.of(started.body("/q/health/ready"))).first().asString().contains("WAITING");
  }
}
