package io.hydra.docto.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hydra.docto.actual.Content;
import io.hydra.docto.actual.DiskCopy;
import io.hydra.docto.actual.Inventory;
import io.hydra.docto.actual.Setback;
import io.hydra.docto.config.FetchConfig;
import io.hydra.docto.config.Settings;
import io.hydra.docto.config.StorageConfig;
import io.hydra.docto.desired.DesiredFile;
import io.hydra.docto.desired.DesiredState;
import io.hydra.docto.desired.Manifests;
import io.hydra.docto.desired.Urgencies;
import io.hydra.docto.fakes.Dataset;
import io.hydra.docto.fakes.FakeTime;
import io.hydra.docto.fetch.FetchListener;
import io.hydra.docto.fetch.Fetcher;
import io.hydra.docto.fetch.NearSources;
import io.hydra.docto.fetch.Sources;
import io.hydra.docto.fetch.StagingArea;
import io.hydra.docto.manager.ManagerCalls;
import io.hydra.docto.place.ContentStore;
import io.hydra.docto.place.NodeSpace;
import io.hydra.docto.source.FetchException;
import io.hydra.error.ErrorCode;
import io.hydra.layout.NodeLayout;
import io.hydra.model.Checksum.Algorithm;
import io.hydra.model.Digest;
import io.hydra.model.InlineFile;
import io.hydra.model.Manifest;
import io.hydra.model.ManifestFile;
import io.hydra.wire.DesiredDataset;
import io.hydra.wire.HydraJson;
import io.hydra.wire.NodeDesired;
import io.hydra.wire.NodeReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fetches from manifests that hold their files, onto a real file system. */
class OperatorTest {
  private static final FetchConfig CONFIG = Settings.of(FetchConfig.class, Map.of());

  private final FakeTime time = new FakeTime();
  private final Inventory inventory = new Inventory();
  private final NodeLayout layout;
  private final ContentStore store;
  private final Operator operator;
  private Manifest manifest = manifest(true);

  @AutoClose private final Sources sources = NearSources.create();

  OperatorTest(@TempDir Path directory) {
    layout = new NodeLayout(directory, Optional.empty());
    store = new ContentStore(layout, HydraJson.mapper());
    var space =
        new NodeSpace(
            layout, Settings.of(StorageConfig.class, Map.of("hydra.root", directory.toString())));
    operator =
        new Operator(
            inventory,
            new DiskSteps(
                inventory,
                new Manifests(layout, HydraJson.mapper(), new Manager()),
                sources,
                new Fetcher(CONFIG),
                new StagingArea(layout, CONFIG),
                store,
                space,
                new Deaf(),
                new Urgencies(new DesiredState(new DesiredFile(layout, HydraJson.mapper())))),
            new RamSteps(layout, inventory, store, space),
            space,
            time,
            CONFIG);
  }

  @BeforeEach
  void open() throws IOException {
    store.open();
  }

  @Test
  void givenFilesThatTheDiskLostThenAllIsDroppedAndFetchedAnew() {
    inventory.listen(this::loseOnceProven);
    var content = failing();

    assertThat(content.setback().orElseThrow().fault().detail()).contains("removed from this");
    assertThat(content.disk()).isEqualTo(new DiskCopy.Absent());
    assertThat(layout.staging(manifest.digest())).doesNotExist();
    assertThat(store.holds(manifest.digest())).isFalse();
  }

  @Test
  void givenFilesThatTheDiskLostThenItIsNotTriedAgainForAMinuteThenForTwo() {
    inventory.listen(this::loseOnceProven);

    assertThat(delay(failing())).isBetween(Duration.ofMinutes(1), Duration.ofMinutes(2));
    assertThat(delay(failing())).isBetween(Duration.ofMinutes(2), Duration.ofMinutes(4));
  }

  @Test
  void givenAnyOtherFailureThenItIsTriedAgainSoon() {
    manifest = manifest(false);
    var content = failing();

    assertThat(content.setback().orElseThrow().fault().code()).isEqualTo(ErrorCode.SOURCE_MISSING);
    assertThat(delay(content)).isLessThanOrEqualTo(CONFIG.retryFirst());
  }

  @Test
  void givenNothingLostThenItIsCommittedAndNothingStaysInStaging() {
    operator.start(new Operation.Fetch(dataset()));

    await().until(() -> inventory.get(manifest.digest()).disk() instanceof DiskCopy.Ready);
    assertThat(layout.staging(manifest.digest())).doesNotExist();
  }

  /** Sums of parts prove it, so that it is not read once more. */
  private void loseOnceProven(Content before, Content after) {
    if (after.disk() instanceof DiskCopy.Verifying) {
      try {
        Files.delete(layout.staging(after.digest()).resolve("content/file"));
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }
  }

  private Content failing() {
    int before = attempts();
    await()
        .until(
            () -> {
              // One that is about to end keeps the next from beginning.
              if (attempts() == before) {
                operator.start(new Operation.Fetch(dataset()));
              }
              return attempts() > before;
            });
    return inventory.get(manifest.digest());
  }

  private int attempts() {
    return inventory.get(manifest.digest()).setback().map(Setback::attempts).orElse(0);
  }

  private Duration delay(Content content) {
    return Duration.between(time.instant(), content.setback().orElseThrow().retryAt());
  }

  private DesiredDataset dataset() {
    return new DesiredDataset(manifest.digest(), InlineFile.SOURCE, manifest.bytes(), 1, false, 0);
  }

  private static Manifest manifest(boolean held) {
    var dataset =
        Dataset.random("dataset", 1, Map.of("file", 5_000)).withChecksums(Algorithm.CRC64NVME);
    var content = Base64.getEncoder().encodeToString(dataset.bytesOf("file"));
    return new Manifest(
        dataset.manifest().files().stream()
            .map(
                file ->
                    new ManifestFile(
                        file.path(),
                        file.size(),
                        file.etag(),
                        file.versionId(),
                        file.checksums(),
                        held ? Optional.of(content) : Optional.empty()))
            .toList());
  }

  private final class Manager implements ManagerCalls {
    @Override
    public void register() {}

    @Override
    public NodeDesired awaitDesired(long since) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void report(NodeReport report) {}

    @Override
    public Manifest manifest(Digest digest) {
      return manifest;
    }
  }

  private static final class Deaf implements FetchListener {
    @Override
    public void received(long bytes) {}

    @Override
    public void retried(FetchException.Cause cause) {}
  }
}
