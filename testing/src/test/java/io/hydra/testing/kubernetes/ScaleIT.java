package io.hydra.testing.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.model.ChannelId;
import io.hydra.model.ChannelSettings;
import io.hydra.model.NodeName;
import io.hydra.testing.process.Await;
import io.hydra.wire.Capacity;
import io.hydra.wire.CopyState;
import io.hydra.wire.DatasetReport;
import io.hydra.wire.NodeDesired;
import io.hydra.wire.NodeRegistration;
import io.hydra.wire.NodeReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * 500 nodes, and 5,000 pods of 20 channels that appear at once, ten on each node. The nodes' Doctos
 * are this test, which says what each holds.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ScaleIT {
  private static final int NODES = 500;
  private static final int CHANNELS = 20;
  private static final int PODS_ON_NODE = 10;
  private static final String VERSION = "2026-11-01T09-00-00";
  private static final Duration AT_ONCE = Duration.ofSeconds(1);
  private static final Duration A_FEW_SECONDS = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Of a JVM with a heap of 192 MiB. */
  private static final double MOST_MEMORY_MIB = 420;

  private TestCluster cluster;
  private OutsideHydra hydra;

  @BeforeAll
  void start() throws IOException {
    cluster = TestCluster.start("scale", "--fake", Integer.toString(NODES));
    var directory =
        Files.createTempDirectory(Files.createDirectories(Path.of("target/stage")), "scale-");
    hydra = new OutsideHydra(cluster, directory, "127.0.0.1");
    for (int i = 0; i < CHANNELS; i++) {
      hydra.client().putChannel(channel(i), ChannelSettings.DEFAULT);
      hydra.publish(channel(i), VERSION);
    }
    for (int i = 0; i < NODES; i++) {
      hydra.client().putNode(new NodeRegistration(node(i), Map.of(), "/data", "test"));
      hydra.client().report(node(i), report(List.of()));
    }
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

  private static ChannelId channel(int number) {
    return ChannelId.parse("prod/default/service-" + number % CHANNELS);
  }

  private static NodeName node(int number) {
    return NodeName.of("fake-" + (number + 1));
  }

  /** A node's ten pods are of ten channels. */
  private static String pod(int number) {
    int node = number % NODES;
    return pod("pod-" + number, node, node + number / NODES);
  }

  private static String pod(String name, int node, int channel) {
    return """
    {"apiVersion":"v1","kind":"Pod","metadata":{"name":"%s","namespace":"default",
      "annotations":{"hydra/channel":"%s"}},
     "spec":{"nodeName":"%s","terminationGracePeriodSeconds":0,"automountServiceAccountToken":false,
      "containers":[{"name":"main","image":"hydra.local/none:1"}]}}"""
        .formatted(name, channel(channel), node(node));
  }

  private static NodeReport report(List<DatasetReport> datasets) {
    var disk = new Capacity(1L << 40, 1L << 40);
    return new NodeReport(0, true, disk, Optional.empty(), datasets);
  }

  private NodeDesired desired(int node) {
    return hydra.client().desired(node(node));
  }

  @Test
  @Order(1)
  void given5000PodsAtOnce_thenAllNodesWantTheirDataWithinSeconds() throws IOException {
    var begin = Instant.now();
    var before = hydra.managersUse();

    var lastBound = new ManyPods(cluster).create(NODES * PODS_ON_NODE, ScaleIT::pod);
    awaitAllWanted();

    var wanted = Instant.now();
    var after = hydra.managersUse();
    System.out.printf(
        "5,000 pods made in %s; all wanted %s after the last; manager: %s of processor, %.0f MiB resident (JVM)%n",
        Duration.between(begin, lastBound),
        Duration.between(lastBound, wanted),
        after.processor().minus(before.processor()),
        after.residentMib());
    assertThat(Duration.between(lastBound, wanted)).isLessThan(A_FEW_SECONDS);
  }

  private void awaitAllWanted() {
    Set<Integer> left = new TreeSet<>(IntStream.range(0, NODES).boxed().toList());
    Await.until(
        () -> "%d nodes do not want all yet".formatted(left.size()),
        PATIENCE,
        () -> {
          left.removeIf(node -> desired(node).datasets().size() == PODS_ON_NODE);
          return left.isEmpty();
        });
  }

  @Test
  @Order(2)
  void givenOneMorePod_thenItsNodeWantsTheDataWithinASecond() throws IOException {
    new ManyPods(cluster).create(1, number -> pod("one-more", 7, 7 + PODS_ON_NODE));

    Await.until(
        "the node wants one more", AT_ONCE, () -> desired(7).datasets().size() == PODS_ON_NODE + 1);
  }

  @Test
  @Order(3)
  void givenOnePodLess_thenItsNodeWantsLessWithinASecond() throws IOException {
    cluster.kubectl("delete", "pod", "one-more", "--wait=false");

    Await.until(
        "the node wants one less", AT_ONCE, () -> desired(7).datasets().size() == PODS_ON_NODE);
  }

  @Test
  @Order(4)
  void givenANodeThatHasItsData_thenItsLabelsSaySo() {
    var datasets = desired(3).datasets();
    var ready =
        datasets.stream()
            .map(
                d ->
                    new DatasetReport(
                        d.digest(),
                        CopyState.READY,
                        CopyState.ABSENT,
                        d.bytes(),
                        d.bytes(),
                        0,
                        Optional.empty()))
            .toList();

    hydra.client().report(node(3), report(ready));

    Await.until(
        "the node has ten labels",
        A_FEW_SECONDS,
        () -> {
          int labels = 0;
          var all = cluster.get("node", node(3).value()).at("/metadata/labels").fieldNames();
          while (all.hasNext()) {
            labels += all.next().startsWith("hydra/ready.prod.default.service-") ? 1 : 0;
          }
          return labels == PODS_ON_NODE;
        });
  }

  /** Each page of a list is another request. */
  @Test
  @Order(5)
  void givenAllOfThis_thenNothingWasListedTwice_andMemoryStaysInBounds() throws IOException {
    assertThat(cluster.done())
        .filteredOn(request -> request.path("verb").asText().equals("list"))
        .extracting(request -> request.path("requestURI").asText())
        .isNotEmpty()
        .doesNotHaveDuplicates();
    assertThat(hydra.managersUse().residentMib()).isLessThan(MOST_MEMORY_MIB);
  }
}
