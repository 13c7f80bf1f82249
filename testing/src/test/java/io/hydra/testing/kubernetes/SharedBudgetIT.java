package io.hydra.testing.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hydra.testing.process.Await;
import io.hydra.wire.InstanceReport;
import io.hydra.wire.InstanceState;
import io.hydra.wire.InstanceView;
import io.hydra.wire.RolloutPhase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
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
 * pods, in a real control plane; an AppMan process for each pod. All are on one node, so that the
 * data is there for all at once and the first moves first.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SharedBudgetIT {
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final Duration A_WHILE = Duration.ofSeconds(5);
  private static final String PODS = "/api/v1/namespaces/default/pods";
  private static final String SLICES =
      "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices?labelSelector=kubernetes.io%2Fservice-name%3Dsearcher";
  private static final String BUDGET =
      "/apis/policy/v1/namespaces/default/poddisruptionbudgets/one";

  private TestCluster cluster;
  private OutsideHydra hydra;
  private ApiAccess api;
  private PlayedKubelet kubelet;

  @BeforeAll
  void start() throws IOException {
    cluster = TestCluster.start("shared-budget");
    var directory =
        Files.createTempDirectory(Files.createDirectories(Path.of("target/stage")), "budget-");
    hydra = new OutsideHydra(cluster, directory, "127.0.0.1");
    hydra.docto("node-1", directory.toAbsolutePath().resolve("node-1"));
    hydra.createChannel();
    hydra.publish(version(1));
    api = new ApiAccess(cluster);
    kubelet = new PlayedKubelet(api, hydra, List.of("node-1"));
    cluster.cluster().apply(deployment("one", 2));
    cluster.cluster().apply(deployment("two", 1));
    cluster.cluster().apply(SERVICE_AND_BUDGET);
    awaitAllOn(1);
  }

  @BeforeEach
  void settle() {
    kubelet.hideUnreadiness(false);
    kubelet.startNothing(false);
    awaitAllInService();
  }

  @AfterAll
  void end() throws IOException {
    if (kubelet != null) {
      kubelet.close();
    }
    if (hydra != null) {
      hydra.close();
    }
    if (cluster != null) {
      cluster.close();
    }
  }

  /** Whoever is not goes first, as it costs nothing. */
  private void awaitAllInService() {
    await(
        "all take traffic",
        () ->
            readyEndpoints() == 3
                && api.get(BUDGET).at("/status/disruptedPods").isEmpty()
                && api.get(BUDGET).at("/status/disruptionsAllowed").asInt() > 0
                && instances().stream()
                    .allMatch(i -> i.report().filter(InstanceReport::ready).isPresent()));
  }

  private int readyEndpoints() throws IOException {
    int ready = 0;
    for (var slice : api.get(SLICES).path("items")) {
      for (var endpoint : slice.path("endpoints")) {
        ready += endpoint.at("/conditions/ready").asBoolean() ? 1 : 0;
      }
    }
    return ready;
  }

  private static final String SERVICE_AND_BUDGET =
      """
      apiVersion: v1
      kind: Service
      metadata: {name: searcher, namespace: default}
      spec:
        selector: {hydra/played: "yes"}
        ports: [{port: 80}]
      ---
      apiVersion: policy/v1
      kind: PodDisruptionBudget
      metadata: {name: one, namespace: default}
      spec:
        minAvailable: 1
        selector: {matchLabels: {app: one}}
      """;

  private static String deployment(String name, int replicas) {
    return """
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: %1$s, namespace: default}
    spec:
      replicas: %2$d
      strategy: {rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}
      selector: {matchLabels: {app: %1$s}}
      template:
        metadata:
          labels: {app: %1$s, hydra/played: "yes"}
          annotations: {hydra/channel: %3$s}
        spec:
          automountServiceAccountToken: false
          containers: [{name: main, image: hydra.local/none:1}]
    """
        .formatted(name, replicas, OutsideHydra.CHANNEL);
  }

  private static String version(int number) {
    return "2026-11-%02dT09-00-00".formatted(number);
  }

  private void await(String what, Callable<Boolean> condition) {
    Await.until(
        () -> what + ": " + hydra.client().status(OutsideHydra.CHANNEL).rollout(),
        PATIENCE,
        () -> isSeen(condition));
  }

  /** A busy machine may not answer in time, which says nothing of what is asked for. */
  private static boolean isSeen(Callable<Boolean> condition) throws Exception {
    try {
      return condition.call();
    } catch (IOException | UncheckedIOException noAnswer) {
      return false;
    }
  }

  private List<InstanceView> instances() {
    return hydra.client().status(OutsideHydra.CHANNEL).instances();
  }

  private String reason() {
    return hydra.client().status(OutsideHydra.CHANNEL).rollout().reason();
  }

  private void awaitAllOn(int number) {
    await(
        "all serve " + version(number),
        () -> {
          var rollout = hydra.client().status(OutsideHydra.CHANNEL).rollout();
          return rollout.phase() == RolloutPhase.DONE
              && rollout
                  .target()
                  .filter(t -> t.version().value().equals(version(number)))
                  .isPresent()
              && rollout.instances() == 3;
        });
  }

  /** Instances of the Deployment that serve the release. */
  private List<String> on(int number, String deployment) {
    return instances().stream()
        .filter(i -> i.registration().id().value().startsWith(deployment + "-"))
        .filter(i -> serves(i, number))
        .map(i -> i.registration().id().value())
        .toList();
  }

  private static boolean serves(InstanceView instance, int number) {
    return instance
        .report()
        .filter(r -> r.state() == InstanceState.SERVING)
        .flatMap(InstanceReport::serving)
        .filter(release -> release.version().value().equals(version(number)))
        .isPresent();
  }

  private Optional<String> draining() {
    return instances().stream()
        .filter(i -> i.report().filter(r -> r.state() == InstanceState.DRAINING).isPresent())
        .map(i -> i.registration().id().value())
        .findFirst();
  }

  private List<JsonNode> pods(String app) throws IOException {
    var pods = new ArrayList<JsonNode>();
    api.get(PODS + "?labelSelector=app%3D" + app).path("items").forEach(pods::add);
    return pods;
  }

  private List<String> names(String app) throws IOException {
    return pods(app).stream().map(pod -> pod.at("/metadata/name").asText()).sorted().toList();
  }

  private long readyPods(String app) throws IOException {
    return pods(app).stream()
        .filter(pod -> !pod.path("metadata").has("deletionTimestamp"))
        .filter(SharedBudgetIT::isReady)
        .count();
  }

  private static boolean isReady(JsonNode pod) {
    for (var condition : pod.at("/status/conditions")) {
      if (condition.path("type").asText().equals("Ready")) {
        return condition.path("status").asText().equals("True");
      }
    }
    return false;
  }

  private int evict(String pod) throws IOException {
    return api.post(
            PODS + "/" + pod + "/eviction",
            """
            {"apiVersion":"policy/v1","kind":"Eviction","metadata":{"name":"%s","namespace":"default"}}
            """
                .formatted(pod))
        .status();
  }

  /** Holds all the time, until the other thing does. */
  private void holdsUntil(String what, Callable<Boolean> always, Callable<Boolean> end) {
    await(
        what,
        () -> {
          assertThat(always.call()).as(what).isTrue();
          return end.call();
        });
  }

  private boolean isEnoughReady() throws IOException {
    return readyPods("one") >= 1;
  }

  @Test
  @Order(1)
  void givenServicesThatStillSendTraffic_thenThePodIsNotReloadedAndNobodyElseIsEvicted()
      throws IOException {
    kubelet.hideUnreadiness(true);
    hydra.publish(version(2));
    await("somebody drains", () -> draining().filter(name -> name.startsWith("one-")).isPresent());
    var drained = draining().orElseThrow();
    var other =
        names("one").stream().filter(name -> !name.equals(drained)).findFirst().orElseThrow();

    var status = api.get(BUDGET).path("status");
    assertThat(status.path("disruptedPods").has(drained)).isTrue();
    assertThat(status.path("disruptionsAllowed").asInt()).isZero();
    assertThat(evict(other)).isEqualTo(429);
    var until = Instant.now().plus(A_WHILE);
    holdsUntil(
        "it drains as long as it gets traffic",
        () -> draining().equals(Optional.of(drained)),
        () -> Instant.now().isAfter(until));

    kubelet.hideUnreadiness(false);
    awaitAllOn(2);
    await(
        "the budget is free again",
        () -> api.get(BUDGET).at("/status/disruptionsAllowed").asInt() == 1);
    assertThat(api.get(BUDGET).at("/status/disruptedPods").isEmpty()).isTrue();
  }

  @Test
  @Order(2)
  void givenABudgetThatAllowsNothing_thenItsPodsWaitAndSayWhyAndTheOtherDeploymentGoesOn()
      throws IOException {
    api.patch(BUDGET, "{\"spec\":{\"minAvailable\":2}}");
    await(
        "the budget allows nothing",
        () -> api.get(BUDGET).at("/status/disruptionsAllowed").asInt() == 0);
    hydra.publish(version(3));

    await("the other Deployment moves", () -> on(3, "two").size() == 1);
    await(
        "the reason names the budget",
        () ->
            reason()
                .contains("PodDisruptionBudget default/one allows no disruption: 2 of its pods"));
    assertThat(on(3, "one")).isEmpty();

    api.patch(BUDGET, "{\"spec\":{\"minAvailable\":1}}");
    awaitAllOn(3);
  }

  @Test
  @Order(3)
  void givenAnEvictionThatHasUsedTheBudget_thenNobodyIsReloadedBeforeItsPodIsReplaced()
      throws IOException {
    kubelet.startNothing(true);
    var evicted = names("one").getFirst();
    assertThat(evict(evicted)).isEqualTo(201);
    hydra.publish(version(4));
    await("the pod is gone", () -> !names("one").contains(evicted));
    await("its replacement waits", () -> names("one").size() == 2);

    var until = Instant.now().plus(A_WHILE);
    holdsUntil(
        "nobody is reloaded",
        () -> on(4, "one").isEmpty() && on(4, "two").isEmpty() && draining().isEmpty(),
        () -> Instant.now().isAfter(until));
    assertThat(reason()).containsAnyOf("at most 1 may be out of service", "is not ready");

    kubelet.startNothing(false);
    awaitAllOn(4);
  }

  @Test
  @Order(4)
  void givenARolloutOfTheDeploymentAndOneOfData_thenTheBudgetIsNeverViolated() throws IOException {
    var before = names("one");
    api.patch(
        "/apis/apps/v1/namespaces/default/deployments/one",
        "{\"spec\":{\"template\":{\"metadata\":{\"annotations\":{\"hydra/reload\":\"evict\"}}}}}");
    hydra.publish(version(5));

    holdsUntil(
        "enough pods are ready",
        this::isEnoughReady,
        () -> names("one").size() == 2 && names("one").stream().noneMatch(before::contains));
    holdsUntil("enough pods are ready", this::isEnoughReady, () -> on(5, "one").size() == 2);
    awaitAllOn(5);
  }

  @Test
  @Order(5)
  void givenReloadByEviction_thenPodsAreReplacedOneByOneByThoseWithTheNewRelease()
      throws IOException {
    var before = names("one");
    hydra.publish(version(6));

    holdsUntil("enough pods are ready", this::isEnoughReady, () -> on(6, "one").size() == 2);
    awaitAllOn(6);
    assertThat(names("one")).hasSize(2).doesNotContainAnyElementsOf(before);
  }

  @Test
  @Order(6)
  void givenAReleaseThatTheNewPodCannotLoad_thenNoOtherPodIsEvicted() throws IOException {
    var before = names("one");
    kubelet.cannotLoad(version(7));
    hydra.publish(version(7));

    await("the release is rejected", () -> reason().contains("was rejected"));
    awaitAllOn(6);
    assertThat(names("one")).hasSize(2).containsAnyElementsOf(before);
    assertThat(on(6, "one")).hasSize(2);
  }
}
