package io.hydra.testing.bench;

import io.hydra.error.HydraException;
import io.hydra.model.ChannelId;
import io.hydra.model.DataTemplate;
import io.hydra.model.Placement;
import io.hydra.model.ReleaseVersion;
import io.hydra.model.TemplateDataset;
import io.hydra.testing.models.ModelFiles;
import io.hydra.testing.process.Await;
import io.hydra.testing.process.Http;
import io.hydra.testing.process.Packaged;
import io.hydra.testing.process.Program;
import io.hydra.testing.process.Repository;
import io.hydra.testing.stage.ManagerClient;
import io.hydra.testing.stage.NodeSettings;
import io.hydra.testing.stage.Programs;
import io.hydra.testing.stage.Replica;
import io.hydra.testing.stage.Stage;
import io.hydra.testing.stage.StageSettings;
import io.hydra.wire.PublishRequest;
import io.hydra.wire.RolloutPhase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A manager, a node and a replica that serves, all of one side. */
final class Installation implements AutoCloseable {
  static final ChannelId CHANNEL = new ChannelId("prod", "bench", "text-analysis");
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final DateTimeFormatter VERSION =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH-mm-ss");
  private static final LocalDateTime FIRST = LocalDateTime.of(2026, 1, 1, 0, 0);
  private static final long INDEX_BYTES = 3 << 20;

  private final Stage stage;
  private final AtomicInteger versions = new AtomicInteger();

  /**
   * Prepares all and starts nothing yet.
   *
   * @param encrypted whether agents use HTTPS to S3 and mutual TLS to the manager
   * @param directory for everything that is written; removed at the end
   */
  Installation(Side side, boolean encrypted, Path directory) throws IOException {
    var settings = StageSettings.of(CHANNEL, List.of(NodeSettings.roomy("node-1")));
    stage =
        new Stage(
            new Programs(new Packaged(Repository.root(), side.isNative())),
            encrypted ? settings.withTls() : settings,
            directory);
    stage.discardAtEnd(true);
  }

  Stage stage() {
    return stage;
  }

  ManagerClient client() {
    return stage.client();
  }

  Program program(String module) {
    return switch (module) {
      case "manager" -> stage.manager();
      case "docto" -> stage.nodes().getFirst().docto();
      case "appman" -> replica().appman();
      default -> throw new IllegalArgumentException(module);
    };
  }

  /** The readiness URL of a module's program. */
  URI readiness(String module) {
    return module.equals("appman") ? replica().readiness() : program(module).health();
  }

  private Replica replica() {
    return stage.replicas().getFirst();
  }

  /** Starts everything and brings a release into service. */
  void start() {
    stage.start();
    var models = ModelFiles.ofCheckout(stage.programs().root());
    for (var dataset : ModelFiles.DATASETS) {
      var file = models.file(models.newest(), dataset);
      stage.s3().bucket().put(dataset + "/" + file.getFileName(), file);
    }
    roll();
  }

  /** Publishes a small release and waits until the replica serves it. */
  void roll() {
    roll(Map.of());
  }

  /**
   * Publishes a release and waits until the replica serves it.
   *
   * @param more datasets of it, besides the models and a small index that is new in each release
   */
  void roll(Map<String, TemplateDataset> more) {
    var version = nextVersion();
    stage.s3().bucket().putGenerated("index/" + version + "/part", INDEX_BYTES, version.hashCode());
    var template = new LinkedHashMap<String, TemplateDataset>();
    ModelFiles.DATASETS.forEach(dataset -> template.put(dataset, disk(dataset + "/")));
    // It has the placeholder: without one, the release would be named by the time of its publish.
    template.put("index", disk("index/" + DataTemplate.PLACEHOLDER + "/"));
    template.putAll(more);
    publish(CHANNEL, template, version);
    awaitServing(version);
  }

  void publish(ChannelId channel, Map<String, TemplateDataset> template, ReleaseVersion version) {
    client()
        .publish(channel, new PublishRequest(template, false, Optional.of(version), false, true));
  }

  TemplateDataset disk(String key) {
    return TemplateDataset.of(stage.s3().bucket().url(key), Placement.DISK);
  }

  /** Newer than all before. */
  ReleaseVersion nextVersion() {
    return new ReleaseVersion(VERSION.format(FIRST.plusMinutes(versions.getAndIncrement())));
  }

  /** Waits until the manager has heard that the replica serves what it should. */
  void awaitSteady() {
    Await.until("the replica serves again", PATIENCE, () -> serves(Optional.empty()));
  }

  private void awaitServing(ReleaseVersion version) {
    Await.until("the replica serves " + version, PATIENCE, () -> serves(Optional.of(version)));
  }

  private boolean serves(Optional<ReleaseVersion> version) {
    if (stage.isEnding()) {
      throw new IllegalStateException("the programs are being ended");
    }
    try {
      var rollout = client().status(CHANNEL).rollout();
      return rollout.phase() == RolloutPhase.DONE
          && rollout
              .target()
              .filter(ref -> version.stream().allMatch(ref.version()::equals))
              .isPresent()
          && Http.succeeds(replica().readiness());
    } catch (UncheckedIOException | HydraException notNow) {
      return false;
    }
  }

  @Override
  public void close() {
    stage.close();
  }
}
