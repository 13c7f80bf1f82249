package io.hydra.testing.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.wire.InstanceState;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Two Deployments of one channel, the first under a PodDisruptionBudget that needs one of its two
 * pods.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SharedBudgetIT {
  private RollOverScene scene;
  private ApiAccess api;
  private PlayedKubelet kubelet;

  @BeforeAll
  void start() throws IOException {
    scene = RollOverScene.begin("shared-budget", Map.of("one", 2, "two", 1), 1, 1, Map.of());
    api = scene.api();
    kubelet = scene.kubelet();
  }

  @BeforeEach
  void settle() {
    kubelet.hideNothing();
    kubelet.startNothing(false);
    scene.awaitAllInService();
  }

  @AfterAll
  void end() throws IOException {
    if (scene != null) {
      scene.close();
    }
  }

  private boolean isEnoughReady() throws IOException {
    return scene.readyPods("one") >= 1;
  }

  @Test
  @Order(1)
  void givenServicesThatStillSendTraffic_thenThePodIsNotReloadedAndNobodyElseIsEvicted()
      throws IOException {
    kubelet.hideUnreadinessOf("one");
    scene.publish(2);
    var drained = scene.await(InstanceState.DRAINING, "one");
    var other =
        scene.names("one").stream().filter(name -> !name.equals(drained)).findFirst().orElseThrow();

    assertThat(scene.isNoted(drained)).isTrue();
    assertThat(scene.disruptionsAllowed()).isZero();
    assertThat(scene.evict(other)).isEqualTo(429);
    scene.holdsForAWhile(
        "it drains as long as it gets traffic",
        () -> scene.in(InstanceState.DRAINING).equals(Optional.of(drained)));

    kubelet.hideNothing();
    scene.awaitAllOn(2);
    scene.await("the budget is free again", () -> scene.disruptionsAllowed() == 1);
    assertThat(scene.isNoted(drained)).isFalse();
  }

  @Test
  @Order(2)
  void givenABudgetThatAllowsNothing_thenItsPodsWaitAndSayWhyAndTheOtherDeploymentGoesOn()
      throws IOException {
    api.patch(RollOverScene.BUDGET, "{\"spec\":{\"minAvailable\":2}}");
    scene.await("the budget allows nothing", () -> scene.disruptionsAllowed() == 0);
    scene.publish(3);

    scene.await("the other Deployment moves", () -> scene.on(3, "two").size() == 1);
    scene.await(
        "the reason names the budget",
        () ->
            scene
                .reason()
                .contains("PodDisruptionBudget default/one allows no disruption: 2 of its pods"));
    assertThat(scene.on(3, "one")).isEmpty();

    api.patch(RollOverScene.BUDGET, "{\"spec\":{\"minAvailable\":1}}");
    scene.awaitAllOn(3);
  }

  @Test
  @Order(3)
  void givenAnEvictionThatHasUsedTheBudget_thenNobodyIsReloadedBeforeItsPodIsReplaced()
      throws IOException {
    kubelet.startNothing(true);
    var evicted = scene.names("one").getFirst();
    assertThat(scene.evict(evicted)).isEqualTo(201);
    scene.publish(4);
    scene.await("the pod is gone", () -> !scene.names("one").contains(evicted));
    scene.await("its replacement waits", () -> scene.names("one").size() == 2);

    scene.holdsForAWhile(
        "nobody is reloaded",
        () ->
            scene.on(4, "one").isEmpty()
                && scene.on(4, "two").isEmpty()
                && scene.in(InstanceState.DRAINING).isEmpty());
    assertThat(scene.reason()).containsAnyOf("at most 1 may be out of service", "is not ready");

    kubelet.startNothing(false);
    scene.awaitAllOn(4);
  }

  @Test
  @Order(4)
  void givenARolloutOfTheDeploymentAndOneOfData_thenTheBudgetIsNeverViolated() throws IOException {
    var before = scene.names("one");
    api.patch(
        "/apis/apps/v1/namespaces/default/deployments/one",
        "{\"spec\":{\"template\":{\"metadata\":{\"annotations\":{\"hydra/reload\":\"evict\"}}}}}");
    scene.publish(5);

    scene.holdsUntil(
        "enough pods are ready",
        this::isEnoughReady,
        () ->
            scene.names("one").size() == 2
                && scene.names("one").stream().noneMatch(before::contains));
    scene.holdsUntil(
        "enough pods are ready", this::isEnoughReady, () -> scene.on(5, "one").size() == 2);
    scene.awaitAllOn(5);
  }

  @Test
  @Order(5)
  void givenReloadByEviction_thenPodsAreReplacedOneByOneByThoseWithTheNewRelease()
      throws IOException {
    var before = scene.names("one");
    scene.publish(6);

    scene.holdsUntil(
        "enough pods are ready", this::isEnoughReady, () -> scene.on(6, "one").size() == 2);
    scene.awaitAllOn(6);
    assertThat(scene.names("one")).hasSize(2).doesNotContainAnyElementsOf(before);
  }

  @Test
  @Order(6)
  void givenAReleaseThatTheNewPodCannotLoad_thenNoOtherPodIsEvicted() throws IOException {
    var before = scene.names("one");
    kubelet.cannotLoad(RollOverScene.version(7));
    scene.publish(7);

    scene.await("the release is rejected", () -> scene.reason().contains("was rejected"));
    scene.awaitAllOn(6);
    assertThat(scene.names("one")).hasSize(2).containsAnyElementsOf(before);
    assertThat(scene.on(6, "one")).hasSize(2);
  }
}
