package io.hydra.testing.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hydra.testing.process.Await;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** A service on three real nodes under traffic, while releases roll over and things break. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LiveTrafficIT {
  private static final Duration PATIENCE = LiveService.PATIENCE;

  /** A lost node's pods are out of their Services after this time, not after 50 seconds. */
  private static final Map<String, String> NOTICES_SOON =
      Map.of(
          "HYDRA_CLUSTER_CONTROLLER_MANAGER_ARGS",
          "--node-monitor-period=1s --node-monitor-grace-period=20s");

  private LiveService service;
  private TestCluster cluster;

  @BeforeAll
  void start() throws IOException {
    service = LiveService.start("live-traffic", NOTICES_SOON, LiveTrafficIT::ofOneManager);
    cluster = service.cluster();
  }

  private static Overlay ofOneManager(TestCluster cluster, Path directory) throws IOException {
    cluster.cluster().run("node", "1", "exec", "mkdir", "-p", "/var/lib/hydra-manager-state");
    return Overlay.ofOneManager(cluster.cluster(), true);
  }

  @AfterAll
  void end() throws IOException {
    if (service != null) {
      service.close();
    }
  }

  @BeforeEach
  void trafficBegins() throws IOException {
    service.trafficBegins();
  }

  @AfterEach
  void trafficEnds() {
    service.trafficEnds();
  }

  @Test
  @Order(1)
  void givenADeploymentRolloutAtTheSameTime_thenBothArriveAndNothingFails() throws IOException {
    var rollout = service.rollOutHalf();
    cluster.kubectl("--namespace=search", "rollout", "restart", "deployment/text-analysis");

    service.arrives(rollout);
    service.hydra().awaitService();
    service.nothingFailed();
  }

  @Test
  @Order(2)
  void givenDoctosPodsAreDeleted_thenTheRolloutArrivesAndNothingFails() throws IOException {
    var rollout = service.rollOut();
    cluster.kubectl(
        "delete", "pod", "--namespace=hydra-nodes", "--all", "--force", "--grace-period=0");

    service.arrives(rollout);
    service.hydra().rolledOut("hydra-nodes", "daemonset/hydra-docto");
    service.nothingFailed();
  }

  @Test
  @Order(3)
  void givenTheManagersPodIsDeleted_thenTheRolloutArrivesAndNothingFails() throws IOException {
    var rollout = service.rollOutHalf();
    cluster.kubectl("delete", "pod", "--namespace=hydra", "hydra-manager-0");

    service.arrives(rollout);
    service.nothingFailed();
  }

  @Test
  @Order(4)
  void givenANodeIsDrained_thenItsPodsMoveAndNothingFails() throws IOException {
    var rollout = service.rollOutHalf();
    cluster.kubectl(
        "drain", "node3", "--ignore-daemonsets", "--delete-emptydir-data", "--timeout=180s");

    service.arrives(rollout);
    service.hydra().awaitService();
    cluster.kubectl("uncordon", "node3");
    service.nothingFailed();
  }

  /** Pods whose place they would take are created while no manager answers. */
  @Test
  @Order(5)
  void givenTheManagersNodeIsDrained_thenNoPodComesWithoutData_andTheNextRolloutArrives()
      throws IOException {
    cluster.kubectl(
        "drain", "node1", "--ignore-daemonsets", "--delete-emptydir-data", "--timeout=180s");
    cluster.kubectl("uncordon", "node1");
    service.hydra().rolledOut("hydra", "statefulset/hydra-manager");
    service.hydra().awaitService();

    service.arrives(service.rollOut());
    service.nothingFailed();
  }

  /** A ReplicaSet alone would try again later and later. */
  @Test
  @Order(6)
  void givenAPodIsDeletedWhileNoManagerRuns_thenAnotherComesSoonAfterTheManager()
      throws IOException {
    cluster.kubectl("--namespace=hydra", "scale", "statefulset/hydra-manager", "--replicas=0");
    service.hydra().rolledOut("hydra", "statefulset/hydra-manager");
    var pod = service.pods().get(0).at("/metadata/name").asText();
    cluster.kubectl("--namespace=search", "delete", "pod", pod);
    Await.until("its place was refused again and again", PATIENCE, () -> refusals() >= 14);

    cluster.kubectl("--namespace=hydra", "scale", "statefulset/hydra-manager", "--replicas=1");
    service.hydra().rolledOut("hydra", "statefulset/hydra-manager");
    Await.until("three are there", Duration.ofSeconds(60), () -> service.pods().size() == 3);
    service.hydra().awaitService();
    service.nothingFailed();
  }

  private int refusals() throws IOException {
    int count = 0;
    for (var event :
        cluster
            .get("events", "--namespace=search", "--field-selector=reason=FailedCreate")
            .path("items")) {
      if (event.path("message").asText().contains("require.hydra.local")) {
        count += Math.max(1, event.path("count").asInt());
      }
    }
    return count;
  }

  @Test
  @Order(7)
  void givenTheLinkOfANodeIsCut_thenTheOthersServe_andAllArriveWhenItIsJoined() throws IOException {
    whileLost("cut", "join");
  }

  @Test
  @Order(8)
  void givenANodeVanishes_thenTheOthersServe_andAllArriveWhenItIsBack() throws IOException {
    whileLost("down", "up");
  }

  /** What is under way to a lost node fails, until its pods are out of the Service. */
  private void whileLost(String lose, String restore) throws IOException {
    var node = nodeToLose();
    var rollout = service.rollOutHalf();
    cluster.cluster().run("node", node.substring("node".length()), lose);
    try {
      Await.until("its pods are out of the Service", PATIENCE, () -> nobodyIsReadyOn(node));
      service.trafficBegins();
      assertThat(rollout).isNotDone();
    } finally {
      cluster.cluster().run("node", node.substring("node".length()), restore);
    }
    service.arrives(rollout);
    service.hydra().awaitService();
    service.nothingFailed();
  }

  /** One with pods, while others have some, too: the way to Services leads through the first. */
  private String nodeToLose() throws IOException {
    cluster.kubectl("--namespace=search", "rollout", "restart", "deployment/text-analysis");
    service.hydra().awaitService();
    var used = new TreeSet<String>();
    service.pods().forEach(pod -> used.add(pod.at("/spec/nodeName").asText()));
    assertThat(used).hasSizeGreaterThan(1);
    return used.last();
  }

  private boolean nobodyIsReadyOn(String node) throws IOException {
    return StreamSupport.stream(service.pods().spliterator(), false)
        .filter(pod -> pod.at("/spec/nodeName").asText().equals(node))
        .noneMatch(LiveTrafficIT::isReady);
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
