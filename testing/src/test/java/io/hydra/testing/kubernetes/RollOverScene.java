package io.hydra.testing.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hydra.model.ChannelSettings;
import io.hydra.model.MaxUnavailable;
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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;

/**
 * Deployments of one channel in a real control plane, those called {@code one} under a
 * PodDisruptionBudget of that name; an AppMan process for each pod. All are on one node, so that
 * the data is there for all at once and the first moves first.
 */
final class RollOverScene implements AutoCloseable {
  static final Duration A_WHILE = Duration.ofSeconds(5);
  static final String PODS = "/api/v1/namespaces/default/pods";
  static final String BUDGET = "/apis/policy/v1/namespaces/default/poddisruptionbudgets/one";
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final String SLICES =
      "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices?labelSelector=kubernetes.io%2Fservice-name%3Dsearcher";
  private static final String NODE = "node-1";

  private final TestCluster cluster;
  private final OutsideHydra hydra;
  private final ApiAccess api;
  private final PlayedKubelet kubelet;
  private final int pods;

  /**
   * All serve version 1 then.
   *
   * @param replicas of each Deployment
   * @param minAvailable of the budget
   * @param maxUnavailable of the channel
   * @param settings of the AppMans
   */
  static RollOverScene begin(
      String name,
      Map<String, Integer> replicas,
      int minAvailable,
      int maxUnavailable,
      Map<String, String> settings)
      throws IOException {
    var cluster = TestCluster.start(name);
    try {
      int pods = replicas.values().stream().mapToInt(Integer::intValue).sum();
      return new RollOverScene(cluster, name, pods, settings)
          .begun(replicas, minAvailable, maxUnavailable);
    } catch (IOException | RuntimeException failed) {
      cluster.cluster().run("down");
      throw failed;
    }
  }

  private RollOverScene(TestCluster cluster, String name, int pods, Map<String, String> settings)
      throws IOException {
    this.cluster = cluster;
    this.pods = pods;
    var directory =
        Files.createTempDirectory(Files.createDirectories(Path.of("target/stage")), name + "-");
    hydra = new OutsideHydra(cluster, directory, "127.0.0.1");
    try {
      hydra.docto(NODE, directory.toAbsolutePath().resolve(NODE));
      api = new ApiAccess(cluster);
      kubelet = new PlayedKubelet(api, hydra, List.of(NODE), settings);
    } catch (IOException | RuntimeException failed) {
      hydra.close();
      throw failed;
    }
  }

  private RollOverScene begun(Map<String, Integer> replicas, int minAvailable, int maxUnavailable)
      throws IOException {
    try {
      hydra.client().putChannel(OutsideHydra.CHANNEL, settings(maxUnavailable));
      publish(1);
      for (var deployment : replicas.entrySet()) {
        cluster.cluster().apply(deployment(deployment.getKey(), deployment.getValue()));
      }
      cluster.cluster().apply(serviceAndBudget(minAvailable));
      awaitAllOn(1);
      return this;
    } catch (IOException | RuntimeException failed) {
      kubelet.close();
      hydra.close();
      throw failed;
    }
  }

  private static ChannelSettings settings(int maxUnavailable) {
    return new ChannelSettings(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(new MaxUnavailable(maxUnavailable, false)),
        Optional.empty(),
        Optional.empty());
  }

  private static String serviceAndBudget(int minAvailable) {
    return """
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
        minAvailable: %d
        selector: {matchLabels: {app: one}}
      """
        .formatted(minAvailable);
  }

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

  @Override
  public void close() throws IOException {
    kubelet.close();
    hydra.close();
    cluster.close();
  }

  TestCluster cluster() {
    return cluster;
  }

  OutsideHydra hydra() {
    return hydra;
  }

  ApiAccess api() {
    return api;
  }

  PlayedKubelet kubelet() {
    return kubelet;
  }

  /** Whoever is not in service goes first, as it costs nothing. */
  void awaitAllInService() {
    await(
        "all take traffic",
        () ->
            readyEndpoints() == pods
                && api.get(BUDGET).at("/status/disruptedPods").isEmpty()
                && disruptionsAllowed() > 0
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

  /** What the budget says that may still be taken. */
  int disruptionsAllowed() throws IOException {
    return api.get(BUDGET).at("/status/disruptionsAllowed").asInt();
  }

  boolean isNoted(String pod) throws IOException {
    return api.get(BUDGET).at("/status/disruptedPods").has(pod);
  }

  static String version(int number) {
    return "2026-11-%02dT09-00-00".formatted(number);
  }

  void publish(int number) throws IOException {
    hydra.publish(version(number));
  }

  void await(String what, Callable<Boolean> condition) {
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

  /** Holds all the time, until the other thing does. */
  void holdsUntil(String what, Callable<Boolean> always, Callable<Boolean> end) {
    await(
        what,
        () -> {
          assertThat(always.call()).as(what).isTrue();
          return end.call();
        });
  }

  void holdsForAWhile(String what, Callable<Boolean> always) {
    var until = Instant.now().plus(A_WHILE);
    holdsUntil(what, always, () -> Instant.now().isAfter(until));
  }

  List<InstanceView> instances() {
    return hydra.client().status(OutsideHydra.CHANNEL).instances();
  }

  String reason() {
    return hydra.client().status(OutsideHydra.CHANNEL).rollout().reason();
  }

  void awaitAllOn(int number) {
    await("all serve " + version(number), () -> areAllOn(number));
  }

  boolean areAllOn(int number) {
    var rollout = hydra.client().status(OutsideHydra.CHANNEL).rollout();
    return rollout.phase() == RolloutPhase.DONE
        && rollout.target().filter(t -> t.version().value().equals(version(number))).isPresent()
        && rollout.instances() == pods;
  }

  /** Instances of the Deployment that serve the release. */
  List<String> on(int number, String deployment) {
    return ids(deployment, i -> serves(i, number));
  }

  private static boolean serves(InstanceView instance, int number) {
    return instance
        .report()
        .filter(r -> r.state() == InstanceState.SERVING)
        .flatMap(InstanceReport::serving)
        .filter(release -> release.version().value().equals(version(number)))
        .isPresent();
  }

  /** Instances of the Deployment that take no traffic, as one look at the manager has them. */
  List<String> out(String deployment) {
    return ids(deployment, i -> i.report().filter(InstanceReport::ready).isEmpty());
  }

  private List<String> ids(String deployment, Predicate<InstanceView> condition) {
    return instances().stream()
        .filter(i -> i.registration().id().value().startsWith(deployment + "-"))
        .filter(condition)
        .map(i -> i.registration().id().value())
        .toList();
  }

  /** The first that is in that state. */
  Optional<String> in(InstanceState state) {
    return instances().stream()
        .filter(i -> i.report().filter(r -> r.state() == state).isPresent())
        .map(i -> i.registration().id().value())
        .findFirst();
  }

  /** Waits for one of the Deployment's that is in that state. */
  String await(InstanceState state, String deployment) {
    var seen = new ArrayList<String>();
    await(
        "one of '%s' is %s".formatted(deployment, state),
        () -> {
          in(state).filter(id -> id.startsWith(deployment + "-")).ifPresent(seen::add);
          return !seen.isEmpty();
        });
    return seen.getFirst();
  }

  private List<JsonNode> pods(String app) throws IOException {
    var found = new ArrayList<JsonNode>();
    api.get(PODS + "?labelSelector=app%3D" + app).path("items").forEach(found::add);
    return found;
  }

  List<String> names(String app) throws IOException {
    return pods(app).stream().map(pod -> pod.at("/metadata/name").asText()).sorted().toList();
  }

  long readyPods(String app) throws IOException {
    return pods(app).stream()
        .filter(pod -> !pod.path("metadata").has("deletionTimestamp"))
        .filter(RollOverScene::isReady)
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

  /** Returns the API server's status. */
  int evict(String pod) throws IOException {
    return api.post(
            PODS + "/" + pod + "/eviction",
            """
            {"apiVersion":"policy/v1","kind":"Eviction","metadata":{"name":"%s","namespace":"default"}}
            """
                .formatted(pod))
        .status();
  }
}
