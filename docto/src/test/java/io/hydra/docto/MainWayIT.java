package io.hydra.docto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hydra.docto.fakes.Dataset;
import io.hydra.docto.fakes.Node;
import io.hydra.layout.LiveFile;
import io.hydra.layout.LiveFile.LiveDataset;
import io.hydra.model.ChannelId;
import io.hydra.model.DatasetName;
import io.hydra.model.Placement;
import io.hydra.model.ReleaseRef;
import io.hydra.model.ReleaseVersion;
import io.hydra.testing.fakes.FakeManager;
import io.hydra.wire.CopyState;
import io.hydra.wire.HydraJson;
import io.hydra.wire.LiveRelease;
import io.hydra.wire.NodeDesired;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way of the data through the packaged program, when nothing goes wrong. */
class MainWayIT {
  private static final ChannelId CHANNEL = ChannelId.parse("prod/search/searcher");

  private final Dataset index =
      Dataset.random("index", 1, Map.of("a/b/large.bin", 1_000_000, "small.txt", 10, "empty", 0));
  private final Dataset model = Dataset.random("model", 2, Map.of("model.bin", 300_000));

  private final Path directory;

  MainWayIT(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void givenAnOrderThenDataIsOnDiskAndInRamAsPublished() throws IOException {
    try (var node = Node.withRam(directory)) {
      node.publish(index);
      node.publish(model);
      node.order(index.onDisk(), model.inRam());

      node.awaitReady(index, model);
      node.awaitReadyInRam(model);

      assertSame(node.store(index), index);
      assertSame(node.store(model), model);
      assertSame(node.inRam(model), model);
      assertThat(node.inRam(index)).doesNotExist();
      assertThat(node.report(index).orElseThrow().downloadedBytes()).isEqualTo(index.bytes());
      assertThat(node.root.resolve("staging")).isEmptyDirectory();
    }
  }

  @Test
  void givenCommittedDataThenNobodyCanWriteIt() throws IOException {
    try (var node = new Node(directory)) {
      node.publish(index);
      node.order(index.onDisk());
      node.awaitReady(index);

      try (var files = Files.walk(node.store(index))) {
        assertThat(files.toList())
            .allSatisfy(
                path ->
                    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                        .isEqualTo(Files.isDirectory(path) ? "r-xr-xr-x" : "r--r--r--"));
      }
    }
  }

  @Test
  void givenFileSourceBelowAnAllowedRootThenItIsFetched() throws IOException {
    var files = Files.createDirectories(directory.resolve("published/v1"));
    Files.write(files.resolve("model.bin"), model.bytesOf("model.bin"));
    var local = model.at("file://" + files + "/");
    try (var node =
        new Node(
            directory, "hydra.sources.file-roots", directory.resolve("published").toString())) {
      node.publish(local);
      node.order(local.onDisk());
      node.awaitReady(local);

      assertSame(node.store(local), local);
    }
  }

  @Test
  void givenFilesThatTheManifestHoldsThenTheyArePlacedWithoutAnySource() throws IOException {
    var inline =
        Dataset.random("settings", 4, Map.of("a/b.json", 100_000, "empty", 0)).inTheManifest();
    try (var node = Node.withRam(directory)) {
      node.publish(inline);
      int before = node.s3.requests();
      node.order(inline.inRam());
      node.awaitReadyInRam(inline);

      assertSame(node.store(inline), inline);
      assertSame(node.inRam(inline), inline);
      assertThat(node.s3.requests()).isEqualTo(before);
    }
  }

  @Test
  void givenUnchangedDatasetInTheNextOrderThenItIsNotFetchedAgain() throws IOException {
    var next = Dataset.random("next", 3, Map.of("model.bin", 200_000));
    try (var node = new Node(directory)) {
      node.publish(index);
      node.publish(next);
      node.order(index.onDisk());
      node.awaitReady(index);
      int before = node.s3.requests();

      node.order(index.onDisk(), next.onDisk());
      node.awaitReady(next);

      long requestsOfNext = (next.bytes() + 65535) / 65536;
      assertThat(node.s3.requests() - before).isEqualTo((int) requestsOfNext);
      assertThat(node.report(index).orElseThrow().downloadedBytes()).isEqualTo(index.bytes());
    }
  }

  @Test
  void givenCompleteOrderThenWhatItDoesNotNameIsRemovedAndWhatItRetainsStays() {
    try (var node = Node.withRam(directory)) {
      node.publish(index);
      node.publish(model);
      node.order(index.inRam(), model.inRam());
      node.awaitReadyInRam(index);
      node.awaitReadyInRam(model);

      node.order(true, List.of(), List.of(index.digest()), List.of());

      await().until(() -> !Files.exists(node.store(model)));
      await().until(() -> !Files.exists(node.inRam(model)) && !Files.exists(node.inRam(index)));
      assertThat(node.store(index)).exists();
      node.awaitReport(report -> report.datasets().size() == 1);
    }
  }

  @Test
  void givenIncompleteOrderThenNothingIsRemoved() {
    try (var node = Node.withRam(directory)) {
      node.publish(index);
      node.publish(model);
      node.order(model.inRam());
      node.awaitReadyInRam(model);

      long epoch = node.order(false, List.of(index.onDisk()), List.of(), List.of());
      node.awaitReady(index);
      node.awaitReport(report -> report.epoch() == epoch);

      assertThat(node.store(model)).exists();
      assertThat(node.inRam(model)).exists();
    }
  }

  @Test
  void givenOlderEpochThenTheOrderIsRefused() {
    try (var node = new Node(directory)) {
      node.publish(index);
      long epoch = node.order(index.onDisk());
      node.awaitReady(index);

      node.manager.order(new NodeDesired(epoch - 1, true, List.of(), List.of(), List.of()));

      await().until(() -> node.docto.log().contains("STALE_EPOCH"));
      assertThat(node.store(index)).exists();
      assertThat(node.manager.newest().orElseThrow().epoch()).isEqualTo(epoch);
    }
  }

  @Test
  void givenLiveReleaseThenItsFileNamesTheCompletePaths() throws IOException {
    var live =
        new LiveRelease(
            CHANNEL,
            new ReleaseRef(7, ReleaseVersion.of("2026-11-08T09-00-00")),
            5,
            List.of(index.placed(Placement.DISK), model.placed(Placement.RAM)));
    try (var node = Node.withRam(directory)) {
      node.publish(index);
      node.publish(model);
      node.order(true, List.of(index.onDisk(), model.inRam()), List.of(), List.of(live));
      var file = node.root.resolve("live/prod/search/searcher.json");
      await().atMost(Duration.ofSeconds(20)).until(() -> Files.exists(file));

      var written = HydraJson.mapper().readValue(file.toFile(), LiveFile.class);

      assertThat(written.sequence()).isEqualTo(7);
      assertThat(written.datasets())
          .containsExactlyInAnyOrderEntriesOf(
              Map.of(
                  DatasetName.of("index"),
                  new LiveDataset(node.store(index).toString(), index.digest(), Placement.DISK),
                  DatasetName.of("model"),
                  new LiveDataset(node.inRam(model).toString(), model.digest(), Placement.RAM)));

      node.awaitReport(report -> report.live().equals(Map.of(CHANNEL, live.release())));
      node.docto.kill();
      node.manager.forgetReports();
      node.docto.restart();
      var first = node.awaitReport(_ -> true);
      assertThat(first.live()).containsExactly(Map.entry(CHANNEL, live.release()));

      node.order(index.onDisk(), model.inRam());
      await().until(() -> !Files.exists(file));
      node.awaitReport(report -> report.live().isEmpty());
    }
  }

  @Test
  void givenTheManagerIsGoneThenARestartedNodeGoesOnWithWhatItWasTold() throws IOException {
    var slow = Dataset.random("slow", 4, Map.of("slow.bin", 2_000_000));
    try (var node = Node.withRam(directory)) {
      node.publish(model);
      node.publish(slow);
      node.s3.limit(200_000);
      node.order(slow.onDisk(), model.inRam());
      node.awaitReadyInRam(model);
      node.awaitDataset(slow, d -> d.fetchedBytes() > 0);
      int port = node.manager.port();
      node.docto.kill();
      node.manager.close();
      // RAM does not survive every restart.
      remove(node.inRam(model));
      node.s3.unlimited();

      node.docto.restart();

      await().atMost(Duration.ofSeconds(20)).until(() -> Files.exists(node.store(slow)));
      await().atMost(Duration.ofSeconds(20)).until(() -> Files.exists(node.inRam(model)));
      assertSame(node.inRam(model), model);
      assertThat(node.docto.get("/q/health/ready").statusCode()).isEqualTo(200);
      try (var back = new FakeManager(port)) {
        await()
            .atMost(Duration.ofSeconds(20))
            .until(() -> back.newest().isPresent() && back.registrations().size() == 1);
        assertThat(back.newest().orElseThrow().datasets())
            .allSatisfy(d -> assertThat(d.disk()).isEqualTo(CopyState.READY));
      }
    }
  }

  @Test
  void givenAManagerThatForgotTheNodeThenItRegistersAgain() {
    try (var node = new Node(directory, "hydra.node.labels.zone", "a")) {
      await().until(() -> node.manager.registrations().size() == 1);

      node.manager.forgetNode();

      await().atMost(Duration.ofSeconds(10)).until(() -> node.manager.registrations().size() >= 2);
      assertThat(node.manager.registrations().getLast().labels()).containsEntry("zone", "a");
    }
  }

  @Test
  void givenAFetchThenReportsShowItGrow() {
    var large = Dataset.random("large", 5, Map.of("large.bin", 3_000_000));
    try (var node =
        new Node(directory, "hydra.fetch.parallel", "1", "hydra.fetch.parallel-max", "1")) {
      node.publish(large);
      node.s3.limit(1_000_000);
      node.order(large.onDisk());
      node.awaitReady(large);

      var steps =
          node.manager.reports().stream()
              .flatMap(report -> report.datasets().stream())
              .filter(d -> d.disk() == CopyState.MOVING)
              .map(d -> d.fetchedBytes())
              .distinct()
              .toList();

      assertThat(steps).hasSizeGreaterThan(2).isSorted();
    }
  }

  @Test
  void givenAFetchThenMetricsTellItsBytes() {
    try (var node = new Node(directory)) {
      node.publish(model);
      node.order(model.onDisk());
      node.awaitReady(model);

      assertThat(node.docto.get("/q/metrics").body())
          .contains("hydra_docto_fetched_bytes_total 300000.0")
          .contains("hydra_docto_store_bytes 300000.0");
    }
  }

  private static void assertSame(Path where, Dataset dataset) throws IOException {
    for (var file : dataset.files().entrySet()) {
      assertThat(where.resolve(file.getKey())).hasBinaryContent(file.getValue());
    }
    try (var files = Files.walk(where)) {
      assertThat(files.filter(Files::isRegularFile)).hasSize(dataset.files().size());
    }
  }

  private static void remove(Path sealed) throws IOException {
    Files.setPosixFilePermissions(sealed, PosixFilePermissions.fromString("rwxr-xr-x"));
    try (var files = Files.walk(sealed)) {
      for (var path : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
