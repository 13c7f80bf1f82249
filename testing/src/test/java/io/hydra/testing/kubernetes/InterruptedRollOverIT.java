package io.hydra.testing.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.wire.InstanceState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * What breaks in the middle of a roll-over whose PodDisruptionBudget allows one of three pods to be
 * out. The channel would have all three out at once: nothing but the budget holds them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InterruptedRollOverIT {
  private static final int NEEDED = 2;

  private RollOverScene scene;
  private PlayedKubelet kubelet;
  private int version = 1;

  @BeforeAll
  void start() throws IOException {
    scene =
        RollOverScene.begin(
            "interrupted", Map.of("one", 3), NEEDED, 3, Map.of("hydra.reload.deadline", "3m"));
    kubelet = scene.kubelet();
  }

  @BeforeEach
  void settle() {
    kubelet.hideNothing();
    scene.awaitAllInService();
    version++;
  }

  @AfterAll
  void end() throws IOException {
    if (scene != null) {
      apiServer("start");
      scene.close();
    }
  }

  private boolean isWithinBudget() {
    return scene.out("one").size() <= 1;
  }

  private List<String> moved() {
    return scene.on(version, "one");
  }

  private void apiServer(String command) throws IOException {
    scene.cluster().cluster().run(command, "apiserver");
  }

  /** Publishes the next version, whose first pod does not get ready before it is let. */
  private String firstThatLeaves(InstanceState state) throws IOException {
    kubelet.cannotLoad(RollOverScene.version(version));
    scene.publish(version);
    return scene.await(state, "one");
  }

  private void letLoad() {
    kubelet.canLoad(RollOverScene.version(version));
  }

  @Test
  void givenTheApiServerIsGoneForAWhile_thenNobodyFollowsWhoHasLeft_andAllArriveLater()
      throws IOException {
    var first = firstThatLeaves(InstanceState.RELOADING);
    apiServer("stop");
    letLoad();

    scene.holdsUntil(
        "nobody else leaves",
        () -> List.of(first).containsAll(scene.out("one")),
        () -> moved().equals(List.of(first)) && scene.out("one").isEmpty());
    scene.holdsForAWhile("nobody follows", () -> scene.out("one").isEmpty());
    assertThat(moved()).containsExactly(first);

    apiServer("start");
    scene.holdsUntil("one is out at most", this::isWithinBudget, () -> scene.areAllOn(version));
  }

  /** While the manager does not look, a pod's traffic ends and the budget becomes another. */
  @Test
  void givenAWatchThatTheServerHasForgotten_thenWhatWasMissedCountsForTheRollOver()
      throws IOException {
    kubelet.hideUnreadinessOf("one");
    var first = firstThatLeaves(InstanceState.DRAINING);
    int expired = expiredWatches();

    scene.hydra().manager().pause();
    apiServer("stop");
    apiServer("start");
    scene.await("the budget is another", () -> isBudgetOf(3));
    kubelet.hideNothing();
    scene.await("its traffic has ended", () -> scene.readyPods("one") == NEEDED);
    scene.hydra().manager().goOn();
    letLoad();

    scene.holdsUntil(
        "nobody else leaves",
        () -> List.of(first).containsAll(scene.out("one")),
        () -> moved().equals(List.of(first)) && scene.reason().contains("3 have to be"));
    assertThat(expiredWatches()).isGreaterThan(expired);
    scene.holdsForAWhile("nobody follows", () -> moved().equals(List.of(first)));

    scene.await("the budget is as it was", () -> isBudgetOf(NEEDED));
    scene.holdsUntil("one is out at most", this::isWithinBudget, () -> scene.areAllOn(version));
  }

  private boolean isBudgetOf(int needed) throws IOException {
    var change = "{\"spec\":{\"minAvailable\":%d}}".formatted(needed);
    return scene.api().patch(RollOverScene.BUDGET, change).status() == 200;
  }

  private int expiredWatches() throws IOException {
    return (int)
        scene.hydra().managersLog().lines().filter(l -> l.contains("HTTP status 410")).count();
  }

  @Test
  void givenThePodThatReloadsIsEvicted_thenTheBudgetIsItsReplacementsUntilThatServes()
      throws IOException {
    var reloading = firstThatLeaves(InstanceState.RELOADING);
    scene.await("its endpoint is out", () -> scene.readyPods("one") == NEEDED);
    assertThat(scene.isNoted(reloading)).isTrue();

    assertThat(scene.evict(reloading)).isEqualTo(201);
    scene.await("it is gone", () -> !scene.names("one").contains(reloading));
    scene.await("its note is gone, too", () -> !scene.isNoted(reloading));
    scene.await("its replacement is there", () -> scene.names("one").size() == 3);
    scene.holdsForAWhile("nobody else leaves", this::areEnoughReady);
    var others =
        scene.names("one").stream().filter(name -> scene.on(version - 1, "one").contains(name));
    assertThat(others.map(this::evict)).hasSize(NEEDED).containsOnly(429);

    letLoad();
    scene.holdsUntil("enough are ready", this::areEnoughReady, () -> scene.areAllOn(version));
    scene.await("the budget is free again", () -> scene.disruptionsAllowed() == 1);
  }

  private boolean areEnoughReady() throws IOException {
    return scene.readyPods("one") >= NEEDED;
  }

  private int evict(String pod) {
    try {
      return scene.evict(pod);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
