package io.hydra.appman;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.wire.InstanceDesired;
import io.hydra.wire.InstanceReport;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ManagerGoneIT extends AppManIT {
  @BeforeEach
  void hooks() {
    withHttpHooks();
  }

  @Test
  void givenNoManagerAtTheStart_thenTheNodesLastGoodReleaseIsServed() throws IOException {
    manager.stop();
    node.bring(ONE);
    node.live(ONE);

    start();

    awaitThat("ready", this::isReady);
    assertCurrentLeadsTo(ONE);
  }

  @Test
  void givenNoManagerAndNoData_thenNothingIsServedUntilTheManagerComes() {
    manager.stop();
    node.live(ONE);
    var started = start();
    awaitThat("up", () -> started.status("/q/health/live") == 200);
    awaitThat("waiting for data", () -> output().contains("waits for data of release"));
    assertThat(isReady()).isFalse();

    node.bring(TWO);
    manager.grant(TWO);
    manager.start();

    awaitServing(TWO);
  }

  @Test
  void givenAManagerThatGrantsNothing_thenNothingIsServedAsIfItWereGone() {
    manager.order(new InstanceDesired(0, Optional.empty()));
    node.bring(ONE);
    node.live(ONE);
    start();
    awaitThat("heard", () -> manager.reports().size() >= 3);

    assertThat(application.calls()).isEmpty();
  }

  @Test
  void givenAManagerThatGoesAway_thenTheInstanceServesOnAndFollowsWhenItIsBack() {
    startServing(ONE);
    manager.stop();
    awaitThat("noticed", () -> output().contains("no orders from the manager"));
    assertThat(isReady()).isTrue();

    node.bring(TWO);
    manager.grant(TWO);
    manager.start();

    awaitServing(TWO);
  }

  @Test
  void givenARestartWithoutManager_thenWhatWasServedIsServedWithoutAReload() {
    var first = startServing(ONE);
    first.kill();
    manager.stop();

    start();

    awaitThat("ready", this::isReady);
    assertThat(application.calls()).hasSize(1);
  }

  @Test
  void givenARestartWithoutManagerAndWithoutTheData_thenTheNodesLastGoodReleaseIsServed() {
    var first = startServing(ONE);
    first.kill();
    manager.stop();
    node.evict(ONE);
    node.bring(TWO);
    node.live(TWO);

    start();

    awaitThat("ready", this::isReady);
    assertThat(application.loaded().values())
        .containsExactlyInAnyOrderElementsOf(
            TWO.contents().values().stream().map(Object::toString).toList());
  }

  @Test
  void givenAWorkingInstance_thenItsReportsNameOnlyReleasesItWasGranted() {
    startServing(ONE);

    assertThat(
            manager.reports().stream()
                .map(InstanceReport::serving)
                .flatMap(Optional::stream)
                .collect(Collectors.toSet()))
        .isEqualTo(Set.of(ONE.ref()));
  }
}
