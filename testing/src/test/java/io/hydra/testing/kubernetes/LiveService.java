package io.hydra.testing.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.hydra.testing.demo.PlainNarrator;
import io.hydra.testing.process.Await;
import io.hydra.testing.process.Repository;
import io.hydra.testing.s3.S3Server;
import io.hydra.testing.traffic.Traffic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Hydra on real nodes, and the example service of three pods with traffic through its Service,
 * whose releases roll over. Nothing runs outside but the S3 server.
 */
final class LiveService implements AutoCloseable {
  static final Duration PATIENCE = Installation.PATIENCE;
  private static final List<String> IMAGES =
      List.of(
          "target/images/hydra-manager-jvm.oci.tar",
          "target/images/hydra-docto-jvm.oci.tar",
          "target/images/hydra-appman-jvm.oci.tar",
          "target/images/text-analysis.oci.tar");
  private static final int PER_SECOND = 20;
  private static final int ANSWERS = 60;

  private final TestCluster cluster;
  private final S3Server s3;
  private final Installation hydra;
  private Traffic traffic;
  private int published;

  /** What a test has ready in its cluster before Hydra comes, and how that is installed. */
  interface Preparation {
    /**
     * @param directory of the test
     */
    Overlay overlay(TestCluster cluster, Path directory) throws IOException;
  }

  /**
   * Starts a cluster of three nodes, and all in it; three pods serve the first release. Skips the
   * test where there are no images or no nodes.
   *
   * @param environment of the cluster's script
   */
  static LiveService start(String name, Map<String, String> environment, Preparation preparation)
      throws IOException {
    requireImages();
    var cluster = TestCluster.start(name, environment, "--nodes", "3", "--dns");
    boolean started = false;
    try {
      load(cluster);
      var stage = Files.createDirectories(Path.of("target/stage"));
      var directory = Files.createTempDirectory(stage, name + "-").toAbsolutePath();
      var service = new LiveService(cluster, directory, preparation.overlay(cluster, directory));
      started = true;
      return service;
    } finally {
      if (!started) {
        cluster.cluster().run("down");
      }
    }
  }

  private static void requireImages() {
    for (var image : IMAGES) {
      assumeTrue(
          Files.exists(Repository.root().resolve(image)),
          "there is no " + image + ": as root, make test-kubernetes builds it");
    }
  }

  private static void load(TestCluster cluster) throws IOException {
    var command = new ArrayList<>(List.of("load"));
    command.addAll(IMAGES);
    cluster.cluster().run(command.toArray(String[]::new));
  }

  private LiveService(TestCluster cluster, Path directory, Overlay overlay) throws IOException {
    this.cluster = cluster;
    s3 =
        new S3Server(
            cluster.cluster().machine(),
            Repository.root().resolve("testing/s3mock/target/lib"),
            Files.createDirectory(directory.resolve("s3")),
            directory.resolve("s3.log"));
    hydra =
        new Installation(cluster.cluster(), overlay, directory, s3, new PlainNarrator(System.out));
    boolean started = false;
    try {
      s3.program().start();
      s3.program().awaitHealthy(PATIENCE);
      hydra.install();
      hydra.startService();
      upload();
      assertThat(hydra.publish("--create-channel", "--timeout=3m")).isZero();
      hydra.awaitService();
      traffic = hydra.traffic();
      started = true;
    } finally {
      if (!started) {
        s3.close();
      }
    }
  }

  TestCluster cluster() {
    return cluster;
  }

  Installation hydra() {
    return hydra;
  }

  Traffic traffic() {
    return traffic;
  }

  /** Begins to count anew. */
  void trafficBegins() throws IOException {
    traffic.close();
    traffic = hydra.traffic();
    traffic.start(PER_SECOND);
    var begun = traffic;
    Await.until(
        () -> "the service answers: " + begun.summary(),
        PATIENCE,
        () -> begun.summary().answered() >= ANSWERS);
  }

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
  CompletableFuture<Integer> rollOut() {
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

  /** As {@link #rollOut}, until a pod serves the next release; others are still to go. */
  CompletableFuture<Integer> rollOutHalf() {
    var rollout = rollOut();
    Await.until("one pod serves " + newest(), PATIENCE, this::hasBegun);
    return rollout;
  }

  private boolean hasBegun() throws IOException {
    for (var pod : pods()) {
      if (pod.at("/metadata/annotations").path("hydra/release").asText().contains(newest())) {
        return true;
      }
    }
    return false;
  }

  JsonNode pods() throws IOException {
    return cluster
        .get("pod", "--namespace=search", "--selector=app.kubernetes.io/name=text-analysis")
        .path("items");
  }

  void arrives(CompletableFuture<Integer> rollout) {
    assertThat(rollout.join()).isZero();
    Installation.awaitAnswers(traffic, newest(), ANSWERS);
  }

  void nothingFailed() {
    assertThat(traffic.stop().failures()).isEmpty();
  }

  @Override
  public void close() throws IOException {
    traffic.close();
    s3.close();
    cluster.close();
  }
}
