package io.hydra.testing.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.hydra.model.ChannelId;
import io.hydra.testing.demo.PlainNarrator;
import io.hydra.testing.process.Await;
import io.hydra.testing.process.Repository;
import io.hydra.testing.s3.S3Server;
import io.hydra.testing.stage.ManagerClient;
import io.hydra.testing.traffic.Traffic;
import io.hydra.wire.ChannelStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * All of Hydra on three real nodes, and a service of three pods under traffic through its Service,
 * while releases roll over and things break. Nothing runs outside but the S3 server.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LiveTrafficIT {
  private static final ChannelId CHANNEL = ChannelId.parse("prod/search/text-analysis");
  private static final Duration PATIENCE = Installation.PATIENCE;
  private static final List<String> IMAGES =
      List.of(
          "target/images/hydra-manager-jvm.oci.tar",
          "target/images/hydra-docto-jvm.oci.tar",
          "target/images/hydra-appman-jvm.oci.tar",
          "target/images/text-analysis.oci.tar");

  /** A lost node's pods are out of their Services after this time, not after 50 seconds. */
  private static final Map<String, String> NOTICES_SOON =
      Map.of(
          "HYDRA_CLUSTER_CONTROLLER_MANAGER_ARGS",
          "--node-monitor-period=1s --node-monitor-grace-period=20s");

  private static final int PER_SECOND = 20;
  private static final int ANSWERS = 60;

  private TestCluster cluster;
  private S3Server s3;
  private Installation hydra;
  private Traffic traffic;
  private int published;

  @BeforeAll
  void start() throws IOException {
    for (var image : IMAGES) {
      assumeTrue(
          Files.exists(Repository.root().resolve(image)),
          "there is no " + image + ": as root, make test-kubernetes builds it");
    }
    cluster = TestCluster.start("live-traffic", NOTICES_SOON, "--nodes", "3", "--dns");
    cluster.cluster().run("load", IMAGES.get(0), IMAGES.get(1), IMAGES.get(2), IMAGES.get(3));
    cluster.cluster().run("node", "1", "exec", "mkdir", "-p", "/var/lib/hydra-manager-state");
    var directory =
        Files.createTempDirectory(Files.createDirectories(Path.of("target/stage")), "traffic-")
            .toAbsolutePath();
    s3 =
        new S3Server(
            cluster.cluster().machine(),
            Repository.root().resolve("testing/s3mock/target/lib"),
            Files.createDirectory(directory.resolve("s3")),
            directory.resolve("s3.log"));
    s3.program().start();
    s3.program().awaitHealthy(PATIENCE);
    hydra = new Installation(cluster.cluster(), s3, new PlainNarrator(System.out));
    hydra.install("testing/kubernetes-jvm");
    hydra.startService();
    upload();
    assertThat(hydra.publish("--create-channel", "--timeout=3m")).isZero();
    hydra.awaitService();
  }

  @AfterAll
  void end() throws IOException {
    if (s3 != null) {
      s3.close();
    }
    if (cluster != null) {
      cluster.close();
    }
  }

  @BeforeEach
  void trafficBegins() throws IOException {
    traffic = hydra.traffic();
    traffic.start(PER_SECOND);
    Installation.awaitAnswers(traffic, newest(), ANSWERS);
  }

  @AfterEach
  void trafficEnds() {
    traffic.close();
  }

  private String newest() {
    return "2026-11-%02dT09-00-00".formatted(published);
  }

  /** The next release; its models are not those of the one before. */
  private void upload() {
    published++;
    var models = hydra.models();
    hydra.upload(newest(), published % 2 == 1 ? models.oldest() : models.newest());
  }

  /** Publishes the next release and waits, elsewhere, until all pods serve it. */
  private CompletableFuture<Integer> rollOut() {
    upload();
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return hydra.publish("--timeout=6m");
          } catch (IOException failed) {
            throw new UncheckedIOException(failed);
          }
        });
  }

  /** Rolls out until one pod serves the next release, so that others are still to go. */
  private CompletableFuture<Integer> rollOutHalf() throws IOException {
    var rollout = rollOut();
    var client = new ManagerClient(hydra.manager(), Optional.of(Files.readString(hydra.token())));
    Await.until(
        () -> "one pod serves " + newest() + ": " + client.status(CHANNEL).rollout(),
        PATIENCE,
        () -> onNewest(client.status(CHANNEL)) >= 1);
    return rollout;
  }

  private long onNewest(ChannelStatus status) {
    return status.instances().stream()
        .flatMap(instance -> instance.report().stream())
        .flatMap(report -> report.serving().stream())
        .filter(release -> release.version().toString().equals(newest()))
        .count();
  }

  private void arrives(CompletableFuture<Integer> rollout) {
    assertThat(rollout.join()).isZero();
    Installation.awaitAnswers(traffic, newest(), ANSWERS);
  }

  private void nothingFailed() {
    assertThat(traffic.stop().failures()).isEmpty();
  }

  @Test
  @Order(1)
  void givenADeploymentRolloutAtTheSameTime_thenBothArriveAndNothingFails() throws IOException {
    var rollout = rollOutHalf();
    cluster.kubectl("--namespace=search", "rollout", "restart", "deployment/text-analysis");

    arrives(rollout);
    hydra.awaitService();
    nothingFailed();
  }

  @Test
  @Order(2)
  void givenDoctosPodsAreDeleted_thenTheRolloutArrivesAndNothingFails() throws IOException {
    var rollout = rollOut();
    cluster.kubectl(
        "delete", "pod", "--namespace=hydra-nodes", "--all", "--force", "--grace-period=0");

    arrives(rollout);
    hydra.rolledOut("hydra-nodes", "daemonset/hydra-docto");
    nothingFailed();
  }

  @Test
  @Order(3)
  void givenTheManagersPodIsDeleted_thenTheRolloutArrivesAndNothingFails() throws IOException {
    var rollout = rollOutHalf();
    cluster.kubectl("delete", "pod", "--namespace=hydra", "hydra-manager-0");

    arrives(rollout);
    nothingFailed();
  }

  @Test
  @Order(4)
  void givenANodeIsDrained_thenItsPodsMoveAndNothingFails() throws IOException {
    var rollout = rollOutHalf();
    cluster.kubectl(
        "drain", "node3", "--ignore-daemonsets", "--delete-emptydir-data", "--timeout=180s");

    arrives(rollout);
    hydra.awaitService();
    cluster.kubectl("uncordon", "node3");
    nothingFailed();
  }

  @Test
  @Order(5)
  void givenTheLinkOfANodeIsCut_thenTheOthersServe_andAllArriveWhenItIsJoined() throws IOException {
    whileLost("cut", "join");
  }

  @Test
  @Order(6)
  void givenANodeVanishes_thenTheOthersServe_andAllArriveWhenItIsBack() throws IOException {
    whileLost("down", "up");
  }

  private void whileLost(String lose, String restore) throws IOException {
    spread();
    var rollout = rollOutHalf();
    var node = lastNode();
    cluster.cluster().run("node", node.substring(4), lose);
    try {
      Await.until("its pod is out of the Service", PATIENCE, () -> !isReady(podOn(node)));
      // What was under way to the lost pod fails until then.
      traffic.close();
      trafficBeginsAnew();
      assertThat(rollout).isNotDone();
    } finally {
      cluster.cluster().run("node", node.substring(4), restore);
    }
    arrives(rollout);
    hydra.awaitService();
    nothingFailed();
  }

  private void trafficBeginsAnew() throws IOException {
    traffic = hydra.traffic();
    traffic.start(PER_SECOND);
    Await.until(
        () -> "the others serve: " + traffic.summary(),
        PATIENCE,
        () -> traffic.summary().answered() >= ANSWERS);
  }

  /** A pod on each node. */
  private void spread() throws IOException {
    cluster.kubectl("--namespace=search", "rollout", "restart", "deployment/text-analysis");
    hydra.awaitService();
    Await.until("a pod on each node", PATIENCE, () -> !podOn("node2").isEmpty());
  }

  /** Not the first: the manager's state and the way to the Services are there. */
  private String lastNode() throws IOException {
    return podOn("node3").isEmpty() ? "node2" : "node3";
  }

  private JsonNode podOn(String node) throws IOException {
    return cluster
        .get(
            "pod",
            "--namespace=search",
            "--selector=app.kubernetes.io/name=text-analysis",
            "--field-selector=spec.nodeName=" + node + ",status.phase=Running")
        .at("/items/0");
  }

  private static boolean isReady(JsonNode pod) {
    for (var condition : pod.at("/status/conditions")) {
      if (condition.path("type").asText().equals("Ready")) {
        return condition.path("status").asText().equals("True");
      }
    }
    return false;
  }
}
