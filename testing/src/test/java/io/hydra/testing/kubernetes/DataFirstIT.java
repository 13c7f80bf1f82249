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
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * A real node with a real kubelet: the startup probe of an AppMan in its container decides when the
 * application's container is started. Manager and Docto run beside the cluster; Docto writes into
 * the node's directory.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DataFirstIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration A_WHILE = Duration.ofSeconds(8);

  private TestCluster cluster;
  private OutsideHydra hydra;

  @BeforeAll
  void start() throws IOException {
    assumeTrue(
        Files.exists(Repository.root().resolve(FollowingPod.IMAGE)),
        "there is no " + FollowingPod.IMAGE + ": as root, make test-kubernetes builds it");
    cluster = TestCluster.start("data-first", "--nodes", "1");
    cluster.cluster().run("load", FollowingPod.IMAGE);
    var directory =
        Files.createTempDirectory(Files.createDirectories(Path.of("target/stage")), "data-first-");
    hydra = new OutsideHydra(cluster, directory, cluster.cluster().machine());
    hydra.docto("node1", cluster.cluster().directory().resolve("node1/var-lib/hydra"));
    hydra.createChannel();
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

  @Test
  void givenAPodWithoutData_whenItIsPublished_thenTheApplicationStartsAfterTheDataIsThere()
      throws IOException {
    cluster.cluster().apply(new FollowingPod("first", "node1", hydra.url()).yaml());
    Await.until("AppMan runs and is not started", PATIENCE, () -> isRunning(sidecar()));
    var running = Instant.now();
    // Long enough for a kubelet that does not wait to have started it.
    Await.until("a while is over", PATIENCE, () -> Instant.now().isAfter(running.plus(A_WHILE)));
    assertThat(sidecar().path("started").asBoolean()).isFalse();
    assertThat(application().at("/state/waiting/reason").asText()).isEqualTo("PodInitializing");

    var published = Instant.now();
    hydra.publish("2026-11-01T09-00-00");

    Await.until("the application runs", PATIENCE, () -> isRunning(application()));
    var startedAt = Instant.parse(application().at("/state/running/startedAt").asText());
    assertThat(startedAt.plusSeconds(1)).isAfter(published);
    assertThat(sidecar().path("started").asBoolean()).isTrue();
    assertThat(hydra.progress("node1").orElseThrow().ready()).isTrue();
    Await.until(
        "AppMan serves, so the pod is ready",
        PATIENCE,
        () -> application().path("ready").asBoolean() && sidecar().path("ready").asBoolean());
    hydra.awaitInstance("first", PATIENCE);
  }

  private JsonNode sidecar() throws IOException {
    return cluster.get("pod", "first").at("/status/initContainerStatuses/0");
  }

  private JsonNode application() throws IOException {
    return cluster.get("pod", "first").at("/status/containerStatuses/0");
  }

  private static boolean isRunning(JsonNode container) {
    return !container.at("/state/running").isMissingNode();
  }
}
