package io.hydra.testing.bench;

import io.hydra.model.ChannelId;
import io.hydra.model.DatasetName;
import io.hydra.model.Placement;
import io.hydra.model.ReleaseVersion;
import io.hydra.model.TemplateDataset;
import io.hydra.testing.s3.S3Access;
import io.hydra.testing.stage.ManagerClient;
import io.hydra.wire.PublishRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The packaged manager, which is published to, so that manifests are what a node gets in
 * production: with the checksums that the S3 server tells.
 */
final class DatasetFreezer implements AutoCloseable {
  private static final ChannelId CHANNEL = new ChannelId("prod", "bench", "fetch");
  private static final String HEAP = "512m";

  /** Each object is asked for. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final FleetManager manager;

  DatasetFreezer(S3Access s3, Path directory) throws IOException {
    manager =
        new FleetManager(
            Optional.empty(),
            HEAP,
            directory,
            Map.of(
                "hydra.s3.endpoint", s3.endpoint().toString(),
                "hydra.s3.path-style", "true",
                "hydra.s3.access-key", s3.accessKey(),
                "hydra.s3.secret-key", s3.secretKey()));
    manager.start();
  }

  /**
   * @param sources prefixes by the names of datasets
   */
  List<FrozenDataset> freeze(Map<String, String> sources) {
    var client = new ManagerClient(manager.address(), PATIENCE);
    var template = new LinkedHashMap<String, TemplateDataset>();
    sources.forEach(
        (name, source) -> template.put(name, TemplateDataset.of(source, Placement.DISK)));
    var version = Optional.<ReleaseVersion>empty();
    var published =
        client.publish(CHANNEL, new PublishRequest(template, false, version, false, true));
    return published.release().datasets().stream()
        .map(
            dataset ->
                new FrozenDataset(
                    DatasetName.of(dataset.name().value()),
                    dataset.source(),
                    client.manifest(dataset.digest())))
        .toList();
  }

  @Override
  public void close() {
    manager.close();
  }
}
