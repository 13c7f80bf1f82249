package io.hydra.testing.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.error.HydraException;
import io.hydra.model.ChannelId;
import io.hydra.model.ChannelSettings;
import io.hydra.model.ReleaseVersion;
import io.hydra.model.TemplateDataset;
import io.hydra.testing.balancer.Backend;
import io.hydra.testing.balancer.Balancer;
import io.hydra.testing.models.ModelFiles;
import io.hydra.testing.process.Await;
import io.hydra.testing.stage.ManagerClient;
import io.hydra.testing.stage.NodeSettings;
import io.hydra.testing.stage.Programs;
import io.hydra.testing.stage.Stage;
import io.hydra.testing.stage.StageSettings;
import io.hydra.testing.traffic.Failure;
import io.hydra.testing.traffic.Traffic;
import io.hydra.testing.watch.Watcher;
import io.hydra.wire.ChannelStatus;
import io.hydra.wire.InstanceReport;
import io.hydra.wire.PublishRequest;
import io.hydra.wire.RolloutPhase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * All programs running, supervised, with replicas in service, steady traffic, and someone who
 * watches that nothing torn is visible.
 */
final class Running implements AutoCloseable {
  static final ChannelId CHANNEL = new ChannelId("prod", "test", "text-analysis");
  static final Duration PATIENCE = Duration.ofSeconds(90);
  static final long DISK_BYTES = 128L << 20;

  /** One version of the tagger fits, two do not. */
  private static final long SMALL_RAM_BYTES = 3 << 19;

  private static final int REQUESTS_PER_SECOND = 25;

  private final Stage stage;
  private final ManagerClient client;
  private final Balancer balancer;
  private final Traffic traffic;
  private final Watcher watcher;
  private final Releases releases;
  private int failuresSeen;

  private Running(Path directory) throws IOException {
    stage =
        new Stage(
            Programs.ofCheckout(),
            StageSettings.of(
                CHANNEL,
                List.of(
                    NodeSettings.roomy("node-1").withRam(64 << 20).withDisk(DISK_BYTES),
                    NodeSettings.roomy("node-2").withRam(64 << 20).withDisk(DISK_BYTES),
                    NodeSettings.roomy("node-3").withRam(SMALL_RAM_BYTES).withDisk(DISK_BYTES))),
            directory);
    client = stage.client();
    balancer =
        new Balancer(
            stage.replicas().stream()
                .map(replica -> new Backend(replica.id(), replica.address(), replica.readiness()))
                .toList());
    traffic = new Traffic(balancer.address());
    watcher = new Watcher(stage, balancer.backends());
    stage.beforeEnd(this::hush);
    stage.start();
    stage.supervise();
    releases = new Releases(stage.s3().bucket(), ModelFiles.ofCheckout(stage.programs().root()));
  }

  /** Starts everything and brings the first release into service. */
  static Running start(String name) throws IOException {
    assertThat(Programs.ofCheckout().missing()).as("not built").isEmpty();
    var parent = Files.createDirectories(Path.of("target/stage"));
    var running = new Running(Files.createTempDirectory(parent, name + "-"));
    try {
      running.firstRelease();
      return running;
    } catch (RuntimeException | Error failed) {
      running.close();
      throw failed;
    }
  }

  private void firstRelease() {
    balancer.start();
    watcher.start();
    client.putChannel(CHANNEL, ChannelSettings.DEFAULT);
    rollTo(publishNext());
    traffic.start(REQUESTS_PER_SECOND);
  }

  Stage stage() {
    return stage;
  }

  ManagerClient client() {
    return client;
  }

  Balancer balancer() {
    return balancer;
  }

  Releases releases() {
    return releases;
  }

  /** Uploads and publishes the next release. */
  ReleaseVersion publishNext() {
    var version = releases.upload();
    publish(releases.template());
    return version;
  }

  void publish(Map<String, TemplateDataset> template) {
    publish(Releases.request(template));
  }

  void publish(PublishRequest request) {
    client.publish(CHANNEL, request);
    watcher.learn(client.releases(CHANNEL));
  }

  /** Waits until all replicas are in service with the version. */
  void rollTo(ReleaseVersion version) {
    Await.until(
        () -> "all serve " + version + "; now " + describe() + " (" + stage.directory() + ")",
        PATIENCE,
        () -> allServe(version));
  }

  /** Where the channel aims at now. */
  ReleaseVersion target() {
    return client.status(CHANNEL).rollout().target().orElseThrow().version();
  }

  boolean allServe(ReleaseVersion version) {
    return status().filter(status -> serves(status, version)).isPresent()
        && balancer.backends().stream().allMatch(Backend::isReady);
  }

  private static boolean serves(ChannelStatus status, ReleaseVersion version) {
    return status.rollout().phase() == RolloutPhase.DONE
        && status.rollout().target().filter(ref -> ref.version().equals(version)).isPresent();
  }

  /** Empty while the manager does not answer. */
  Optional<ChannelStatus> status() {
    try {
      return Optional.of(client.status(CHANNEL));
    } catch (UncheckedIOException | HydraException notNow) {
      return Optional.empty();
    }
  }

  /** Which replica is on its way to another release, from 0. */
  OptionalInt moving(ChannelStatus status) {
    var ids =
        status.instances().stream()
            .filter(instance -> instance.report().flatMap(InstanceReport::moving).isPresent())
            .map(instance -> instance.registration().id().value())
            .toList();
    return IntStream.range(0, stage.replicas().size())
        .filter(i -> ids.contains(stage.replicas().get(i).id()))
        .findFirst();
  }

  /** Where everything is, in one line. */
  String describe() {
    return status()
        .map(
            status ->
                status.rollout().phase()
                    + " "
                    + status.rollout().onTarget()
                    + "/"
                    + status.rollout().instances()
                    + ": "
                    + status.rollout().reason())
        .orElse("the manager does not answer");
  }

  /** Requests that failed since this was last asked. */
  List<Failure> newFailures() {
    var all = traffic.summary().failures();
    var fresh = List.copyOf(all.subList(failuresSeen, all.size()));
    failuresSeen = all.size();
    return fresh;
  }

  long answered() {
    return traffic.summary().answered();
  }

  /** Nothing torn was seen so far, and someone looked. */
  void assertWhole() {
    assertThat(watcher.rounds()).isPositive();
    assertThat(watcher.violations()).isEmpty();
  }

  /** Ends all; what the programs wrote is kept only if there is something to look into. */
  void end(boolean failed) {
    if (!failed) {
      stage.discardAtEnd(true);
    }
    close();
  }

  private void hush() {
    traffic.close();
    watcher.close();
    balancer.close();
  }

  @Override
  public void close() {
    stage.close();
  }
}
