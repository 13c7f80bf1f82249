package io.hydra.testing.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.model.ChannelSettings;
import io.hydra.testing.process.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The manager follows a real API server with fake nodes. No AppMan runs here, so all that a node
 * wants, it wants because of its pods.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DiscoveryIT {
  private static final String ANNOTATED = "hydra/channel: " + OutsideHydra.CHANNEL;
  private static final Duration AT_ONCE = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private TestCluster cluster;
  private OutsideHydra hydra;
  private Path node;

  @BeforeAll
  void start() throws IOException {
    cluster = TestCluster.start("discovery", "--fake", "4");
    var directory =
        Files.createTempDirectory(Files.createDirectories(Path.of("target/stage")), "discovery-");
    hydra = new OutsideHydra(cluster, directory, "127.0.0.1");
    node = directory.toAbsolutePath().resolve("fake-1");
    hydra.docto("fake-1", node);
    hydra.createChannel();
    hydra.publish("2026-11-01T09-00-00");
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

  private void pod(String name, String onNode) throws IOException {
    cluster.pod(name, ANNOTATED, "nodeName: " + onNode);
  }

  @Test
  @Order(1)
  void givenAnAnnotatedPodOnANode_thenTheNodeBringsTheDataBeforeAnyAppManSpeaks()
      throws IOException {
    assertThat(hydra.wants("fake-1")).isFalse();

    pod("searcher-1", "fake-1");

    hydra.awaitWanted("fake-1", true, AT_ONCE);
    hydra.awaitData("fake-1", PATIENCE);
    assertThat(hydra.client().status(OutsideHydra.CHANNEL).instances()).isEmpty();
  }

  @Test
  @Order(2)
  void givenAPodWithoutTheAnnotation_thenItsNodeWantsNothing() throws IOException {
    cluster.pod("plain", "", "nodeName: fake-2");
    pod("searcher-2", "fake-3");

    hydra.awaitWanted("fake-3", true, AT_ONCE);
    assertThat(hydra.wants("fake-2")).isFalse();
  }

  @Test
  @Order(3)
  void givenAPodThatTheSchedulerBinds_thenItsNodeWantsTheDataAtOnce() throws IOException {
    cluster.pod("scheduled", ANNOTATED, "nodeSelector: {kubernetes.io/hostname: fake-2}");
    Await.until(
        "the pod is bound",
        PATIENCE,
        () -> !cluster.get("pod", "scheduled").at("/spec/nodeName").isMissingNode());

    hydra.awaitWanted("fake-2", true, AT_ONCE);
  }

  @Test
  @Order(4)
  void givenAPodThatIsEvicted_thenItsNodeWantsNothingMore() throws IOException {
    cluster.kubectl("drain", "fake-2", "--force", "--disable-eviction=false", "--timeout=60s");

    hydra.awaitWanted("fake-2", false, AT_ONCE);
  }

  @Test
  @Order(5)
  void givenANodeThatIsLost_thenItWantsNothingMore() throws IOException {
    cluster.kubectl("delete", "node", "fake-3");

    hydra.awaitWanted("fake-3", false, AT_ONCE);
  }

  @Test
  @Order(6)
  void givenAnAnnotationThatIsNoChannel_thenThePodAndTheLogSaySo() throws IOException {
    cluster.pod("wrong", "hydra/channel: searcher", "nodeName: fake-4");
    cluster.pod("foreign", "hydra/channel: moon/default/searcher", "nodeName: fake-4");
    cluster.pod("early", "hydra/channel: prod/default/early", "nodeName: fake-4");

    awaitEvent("wrong", "HydraChannelInvalid", "env/namespace/name");
    awaitEvent("foreign", "HydraEnvironmentUnknown", "moon");
    awaitEvent("early", "HydraChannelUnknown", "prod/default/early");
    assertThat(hydra.managersLog())
        .contains("pod=default/wrong", "pod=default/foreign", "pod=default/early");
    assertThat(hydra.wants("fake-4")).isFalse();
  }

  @Test
  @Order(7)
  void givenAPodOfAnotherNamespace_thenItHasNoPartInTheChannel_untilThatAdmitsItsNamespace()
      throws IOException {
    cluster.kubectl("create", "namespace", "maps");
    cluster.podOf("maps", "tiles", ANNOTATED, "nodeName: fake-4");
    awaitEvent("maps", "tiles", "HydraNamespaceNotAdmitted", "--consumer-namespace maps");
    assertThat(hydra.wants("fake-4")).isFalse();

    admit(Set.of("maps"));
    hydra.awaitWanted("fake-4", true, AT_ONCE);

    admit(Set.of());
    hydra.awaitWanted("fake-4", false, AT_ONCE);
  }

  private void admit(Set<String> namespaces) {
    hydra
        .client()
        .putChannel(
            OutsideHydra.CHANNEL, ChannelSettings.builder().consumerNamespaces(namespaces).build());
  }

  private void awaitEvent(String pod, String reason, String words) {
    awaitEvent("default", pod, reason, words);
  }

  private void awaitEvent(String namespace, String pod, String reason, String words) {
    Await.until(
        "an Event " + reason + " on pod " + pod,
        PATIENCE,
        () -> {
          var events =
              cluster.get(
                  "events",
                  "--namespace=" + namespace,
                  "--field-selector=involvedObject.kind=Pod,involvedObject.name=" + pod);
          for (var event : events.path("items")) {
            if (event.path("reason").asText().equals(reason)) {
              return event.path("message").asText().contains(words);
            }
          }
          return false;
        });
  }

  @Test
  @Order(8)
  void givenNoApiServer_thenWhatWasSeenLastHolds_andWhatHappensLaterIsSeenAgain()
      throws IOException {
    cluster.cluster().run("stop", "apiserver");
    hydra.publish("2026-11-08T09-00-00");
    hydra.awaitData("fake-1", PATIENCE);
    assertThat(hydra.wants("fake-1")).isTrue();

    cluster.cluster().run("start", "apiserver");
    pod("after", "fake-4");

    hydra.awaitWanted("fake-4", true, Duration.ofSeconds(15));
    assertThat(hydra.wants("fake-1")).isTrue();
  }

  @Test
  @Order(9)
  void givenAWatchThatTheServerHasForgotten_thenWhatWasMissedIsFound() throws IOException {
    cluster.cluster().run("stop", "apiserver");
    cluster.cluster().run("start", "apiserver");
    cluster.kubectl("delete", "pod", "searcher-1", "--force", "--grace-period=0");
    pod("between", "fake-2");

    hydra.awaitWanted("fake-1", false, Duration.ofSeconds(15));
    hydra.awaitWanted("fake-2", true, Duration.ofSeconds(15));
    assertThat(hydra.managersLog()).contains("HTTP status 410");
  }

  @Test
  @Order(10)
  void givenAPodThatIsGone_thenItsDataStaysOnDiskForATime() throws IOException {
    try (var store = Files.list(node.resolve("store"))) {
      assertThat(store).isNotEmpty();
    }
  }

  /** Each request of its was noted. */
  @Test
  @Order(11)
  void givenAllOfThis_thenTheManagerDidNothingThatItMayNot_andListsWereNotRepeated()
      throws IOException {
    var refused =
        cluster.done().stream()
            .filter(request -> request.at("/responseStatus/code").asInt() == 403)
            .map(request -> request.path("requestURI").asText())
            .toList();

    cluster.requireWithinRights();
    // The API server refuses anybody for a moment after its start, before it has read its rules.
    assertThat(refused.size()).isLessThan(40);
    assertThat(cluster.done().stream().filter(r -> r.path("verb").asText().equals("list")))
        // Six are followed; each is listed once more after each start of the API server.
        .hasSizeLessThanOrEqualTo(3 * 6);
  }
}
