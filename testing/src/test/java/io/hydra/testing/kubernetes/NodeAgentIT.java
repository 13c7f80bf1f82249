package io.hydra.testing.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.hydra.testing.process.Await;
import io.hydra.testing.process.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Docto as the manifests' DaemonSet on a real node, under a consumer that runs. The manager runs
 * beside the cluster.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NodeAgentIT {
  private static final String IMAGE = "target/images/hydra-docto-jvm.oci.tar";
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private TestCluster cluster;
  private OutsideHydra hydra;
  private Path data;

  @BeforeAll
  void start() throws IOException {
    for (var image : List.of(IMAGE, FollowingPod.IMAGE)) {
      assumeTrue(
          Files.exists(Repository.root().resolve(image)),
          "there is no " + image + ": as root, make test-kubernetes builds it");
    }
    cluster = TestCluster.start("node-agent", "--nodes", "1");
    cluster.cluster().run("load", IMAGE, FollowingPod.IMAGE);
    var directory =
        Files.createTempDirectory(Files.createDirectories(Path.of("target/stage")), "node-agent-");
    hydra = new OutsideHydra(cluster, directory, cluster.cluster().machine());
    data = cluster.cluster().directory().resolve("node1/var-lib/hydra");
    apply(List.of());
    rolledOut();
    hydra.createChannel();
    hydra.publish("2026-11-01T09-00-00");
    cluster.cluster().apply(new FollowingPod("first", "node1", hydra.url()).yaml());
    hydra.awaitServed("first", "2026-11-01T09-00-00", PATIENCE);
    // The kubelet's probe comes a little after AppMan's word.
    Await.until("the pod is ready", PATIENCE, this::isReady);
  }

  @AfterAll
  void end() throws IOException {
    if (hydra != null) {
      hydra.close();
    }
    if (cluster != null) {
      cluster.close();
    }
  }

  /** The base, with a Docto that finds this manager and these sources. */
  private void apply(List<String> components) throws IOException {
    var overlay =
        Manifests.overlayWith(
            components,
            """
            images: [{name: hydra.local/hydra-docto, newTag: 0.1.0-SNAPSHOT-jvm}]
            patches:
            - patch: |-
                {apiVersion: v1, kind: ConfigMap, metadata: {name: hydra-docto, namespace: hydra-nodes},
                 data: {HYDRA_MANAGER_URL: "%1$s", HYDRA_SOURCES_FILE_ROOTS: "%2$s"}}
            - patch: |-
                {apiVersion: apps/v1, kind: StatefulSet, metadata: {name: hydra-manager, namespace: hydra}, spec: {replicas: 0}}
            - patch: |-
                apiVersion: apps/v1
                kind: DaemonSet
                metadata: {name: hydra-docto, namespace: hydra-nodes}
                spec:
                  template:
                    spec:
                      containers:
                      - {name: docto, volumeMounts: [{name: sources, mountPath: "%2$s", readOnly: true}]}
                      volumes:
                      - {name: sources, hostPath: {path: "%2$s"}}
            """
                .formatted(hydra.url(), hydra.sources()));
    cluster.kubectl("apply", "--server-side", "--kustomize=" + overlay);
  }

  private void rolledOut() throws IOException {
    cluster.kubectl(
        "rollout",
        "status",
        "daemonset",
        "hydra-docto",
        "--namespace=hydra-nodes",
        "--timeout=" + PATIENCE.toSeconds() + "s");
  }

  private JsonNode pod() throws IOException {
    return cluster.get("pod", "first");
  }

  private boolean isReady() throws IOException {
    for (var condition : pod().at("/status/conditions")) {
      if (condition.path("type").asText().equals("Ready")) {
        return condition.path("status").asText().equals("True");
      }
    }
    return false;
  }

  private void neverRestarted() throws IOException {
    assertThat(pod().at("/status/containerStatuses/0/restartCount").asInt()).isZero();
    assertThat(pod().at("/status/initContainerStatuses/0/restartCount").asInt()).isZero();
  }

  @Test
  @Order(1)
  void givenTheDaemonSetIsUpgradedUnderARunningConsumer_thenThatStaysReady_andRollsOverAfterwards()
      throws IOException {
    cluster.kubectl("rollout", "restart", "daemonset", "hydra-docto", "--namespace=hydra-nodes");
    var upgrade = CompletableFuture.runAsync(() -> Await.until("rolled out", PATIENCE, this::done));

    Await.until(
        "the upgrade is over, and the consumer was ready all the time",
        PATIENCE,
        () -> {
          assertThat(isReady()).isTrue();
          assertThat(data.resolve("store")).isNotEmptyDirectory();
          return upgrade.isDone();
        });
    hydra.publish("2026-11-02T09-00-00");

    hydra.awaitServed("first", "2026-11-02T09-00-00", PATIENCE);
    neverRestarted();
  }

  private boolean done() throws IOException {
    rolledOut();
    return true;
  }

  @Test
  @Order(2)
  void givenItsPodIsDeletedByForce_thenTheNextOneGoesOn() throws IOException {
    cluster.kubectl(
        "delete",
        "pod",
        "--namespace=hydra-nodes",
        "--selector=app.kubernetes.io/name=hydra-docto",
        "--force",
        "--grace-period=0");
    hydra.publish("2026-11-03T09-00-00");

    hydra.awaitServed("first", "2026-11-03T09-00-00", PATIENCE);
    neverRestarted();
  }

  @Test
  @Order(3)
  void givenNoKubelet_thenDataRollsOverAllTheSame() throws IOException {
    cluster.cluster().run("node", "1", "stop", "kubelet");
    try {
      hydra.publish("2026-11-04T09-00-00");
      hydra.awaitServed("first", "2026-11-04T09-00-00", PATIENCE);
    } finally {
      cluster.cluster().run("node", "1", "start", "kubelet");
    }

    Await.until("the pod is ready again, or still", PATIENCE, this::isReady);
    neverRestarted();
  }

  @Test
  @Order(4)
  void givenHydraLeaves_thenNothingOfItStaysOnTheNode() throws IOException {
    cluster.kubectl("delete", "pod", "first", "--timeout=60s");

    apply(List.of("remove-data"));
    rolledOut();

    assertThat(data).isEmptyDirectory();
  }
}
