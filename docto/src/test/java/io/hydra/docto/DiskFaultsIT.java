package io.hydra.docto;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.docto.fakes.Dataset;
import io.hydra.docto.fakes.FileSystem;
import io.hydra.docto.fakes.Node;
import io.hydra.docto.fakes.StoreWatcher;
import io.hydra.error.ErrorCode;
import io.hydra.model.ChannelId;
import io.hydra.model.Placement;
import io.hydra.model.ReleaseRef;
import io.hydra.model.ReleaseVersion;
import io.hydra.wire.CopyState;
import io.hydra.wire.DesiredDataset;
import io.hydra.wire.LiveRelease;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * File systems that become full, read-only or broken in the middle of work. The report says so and
 * what to do, nothing is half visible, what was committed stays, and work goes on by itself.
 */
class DiskFaultsIT {
  private static final ChannelId CHANNEL = ChannelId.parse("prod/search/searcher");
  private static final ReleaseRef LIVE = new ReleaseRef(1, ReleaseVersion.of("v1"));

  private final Dataset kept = Dataset.random("kept", 1, Map.of("a.bin", 500_000, "b/c", 10));
  private final Dataset coming =
      Dataset.random("coming", 2, Map.of("large.bin", 12_000_000, "small/one", 30_000));

  private final Path directory;

  DiskFaultsIT(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void givenADiskThatOthersFillWhileBytesComeThenItGoesOnWhenThereIsRoomAgain() throws IOException {
    try (var disk = FileSystem.ext4(directory.resolve("root"), 48 << 20);
        var node = new Node(directory)) {
      commitAndBegin(node);
      disk.fill();

      var fault = awaitFault(node, coming, ErrorCode.INSUFFICIENT_SPACE);
      assertThat(fault).containsAnyOf("bytes on disk", "the file system is full");
      assertThat(node.store(coming)).doesNotExist();
      assertKept(node);

      disk.free();
      node.s3.unlimited();
      node.awaitReady(coming);
      assertWhole(node, coming);
      assertThat(node.s3.bytesSent())
          .as("what had come is not fetched again")
          .isLessThan(kept.bytes() + coming.bytes() + (8 << 20));
      node.awaitReport(report -> report.datasets().stream().allMatch(d -> d.fault().isEmpty()));
    }
  }

  @Test
  void givenTooFewInodesThenOnlyTheContentOfManyFilesWaitsForThem() throws IOException {
    // There would be enough for the files alone.
    var many = manyFiles(80, "%03d/file");
    try (var disk = FileSystem.ext4(directory.resolve("root"), 32 << 20, "-N", "320");
        var node = new Node(directory)) {
      disk.makeFiles(150);
      node.publish(many);
      node.publish(kept);
      node.order(many.onDisk());

      var fault = awaitFault(node, many, ErrorCode.INSUFFICIENT_SPACE);
      assertThat(fault).contains("inodes");
      orderLive(node, many.onDisk());
      assertKept(node);

      disk.removeFiles();
      node.awaitReady(many);
      assertWhole(node, many);
    }
  }

  @Test
  void givenARamThatIsFullInTheMiddleOfACopyThenItGoesOnWhenThereIsRoom() throws IOException {
    // Each takes a page, so that they need more than their bytes.
    var many = manyFiles(400, "%03d");
    try (var ram = FileSystem.tmpfs(directory.resolve("ram"), "size=800k");
        var node = Node.withRam(directory)) {
      commit(node);
      node.publish(many);
      orderLive(node, many.inRam());

      var fault = awaitFault(node, many, ErrorCode.INSUFFICIENT_SPACE);
      assertThat(fault).contains("RAM");
      assertThat(node.inRam(many)).doesNotExist();
      assertThat(node.report(many).orElseThrow().disk()).isEqualTo(CopyState.READY);
      assertKept(node);

      ram.remount("size=8M");
      node.awaitReadyInRam(many);
      assertThat(StoreWatcher.difference(node.inRam(many), many)).isEmpty();
    }
  }

  /** What is mapped keeps its pages when its name is gone: only measuring tells that. */
  @Test
  void givenARamForOneVersionWhenTheOldOneIsStillMappedThenTheNewOneWaitsUntilItIsLetGo()
      throws IOException {
    var old = Dataset.random("old", 3, Map.of("model.bin", 9_000_000));
    var next = Dataset.random("next", 4, Map.of("model.bin", 9_500_000));
    try (var _ = FileSystem.tmpfs(directory.resolve("ram"), "size=14M");
        var node = Node.withRam(directory)) {
      node.publish(old);
      node.publish(next);
      node.order(old.inRam());
      node.awaitReadyInRam(old);
      try (var reader = Arena.ofConfined();
          var file = FileChannel.open(node.inRam(old).resolve("model.bin"))) {
        var mapped = file.map(MapMode.READ_ONLY, 0, file.size(), reader);
        file.close();
        node.order(old.onDisk(), next.inRam());

        var fault = awaitFault(node, next, ErrorCode.INSUFFICIENT_SPACE);
        assertThat(fault).contains("bytes in RAM");
        assertThat(node.inRam(old)).doesNotExist();
        assertThat(node.inRam(next)).doesNotExist();
        assertThat(mapped.toArray(ValueLayout.JAVA_BYTE))
            .isEqualTo(Files.readAllBytes(node.store(old).resolve("model.bin")));
      }

      node.awaitReadyInRam(next);
      assertThat(StoreWatcher.difference(node.inRam(next), next)).isEmpty();
    }
  }

  @Test
  void givenARamWithoutInodesThenItGoesOnWhenThereAreSome() throws IOException {
    var many = manyFiles(100, "%03d");
    try (var ram = FileSystem.tmpfs(directory.resolve("ram"), "size=8M,nr_inodes=60");
        var node = Node.withRam(directory)) {
      commit(node);
      node.publish(many);
      orderLive(node, many.inRam());

      var fault = awaitFault(node, many, ErrorCode.INSUFFICIENT_SPACE);
      assertThat(fault).contains("RAM");
      assertThat(node.inRam(many)).doesNotExist();
      assertKept(node);

      ram.remount("nr_inodes=600");
      node.awaitReadyInRam(many);
      assertThat(StoreWatcher.difference(node.inRam(many), many)).isEmpty();
    }
  }

  @Test
  void givenADiskThatBecomesReadOnlyThenItIsToldAndAllGoesOnOnceItIsMended() throws IOException {
    try (var disk = FileSystem.ext4(directory.resolve("root"), 48 << 20);
        var node = new Node(directory)) {
      commitAndBegin(node);
      disk.becomeReadOnly();

      var fault = awaitFault(node, coming, ErrorCode.STORAGE_FAILED);
      assertThat(fault).contains("read-only").contains("mount it writable");
      assertThat(node.store(coming)).doesNotExist();
      assertKept(node);

      startAgain(disk, node);
      assertKept(node);
      node.awaitReady(coming);
      assertWhole(node, coming);
    }
  }

  @Test
  void givenADiskThatFailsEveryWriteThenItIsToldAndAllGoesOnOnceItIsMended() throws IOException {
    try (var disk = FileSystem.ext4(directory.resolve("root"), 48 << 20);
        var node = new Node(directory)) {
      commitAndBegin(node);
      disk.cutPower();

      var fault = awaitFault(node, coming, ErrorCode.STORAGE_FAILED);
      assertThat(fault).contains("the disk fails");
      assertThat(node.store(coming)).doesNotExist();

      startAgain(disk, node);
      node.awaitReady(coming);
      assertWhole(node, coming);
      assertKept(node);
    }
  }

  @Test
  void givenADiskThatFailsEveryReadThenWhatItHoldsIsNotTakenForLost() throws IOException {
    try (var disk = FileSystem.ext4(directory.resolve("root"), 48 << 20);
        var node = Node.withRam(directory)) {
      commit(node);
      disk.cutPower();
      int requests = node.s3.requests();
      node.order(kept.inRam());

      var fault = awaitFault(node, kept, ErrorCode.STORAGE_FAILED);
      assertThat(fault).contains("the disk fails");

      startAgain(disk, node);
      node.awaitReadyInRam(kept);
      assertWhole(node, kept);
      assertThat(node.s3.requests()).isEqualTo(requests);
    }
  }

  private void commit(Node node) {
    node.publish(kept);
    orderLive(node);
    node.awaitReady(kept);
    node.awaitReport(report -> report.live().containsValue(LIVE));
  }

  /** What comes has begun to. */
  private void commitAndBegin(Node node) {
    commit(node);
    node.publish(coming);
    node.s3.limit(500_000);
    orderLive(node, coming.onDisk());
    node.awaitDataset(coming, report -> report.fetchedBytes() > 1_000_000);
  }

  private void orderLive(Node node, DesiredDataset... more) {
    var datasets = new ArrayList<>(List.of(more));
    datasets.add(kept.onDisk());
    node.order(
        true,
        datasets,
        List.of(),
        List.of(new LiveRelease(CHANNEL, LIVE, 1, List.of(kept.placed(Placement.DISK)))));
  }

  private static void startAgain(FileSystem disk, Node node) {
    node.docto.kill();
    disk.comeBack();
    node.s3.unlimited();
    node.manager.forgetReports();
    node.docto.restart();
  }

  private static String awaitFault(Node node, Dataset dataset, ErrorCode code) {
    return node.awaitDataset(
            dataset, report -> report.fault().filter(f -> f.code() == code).isPresent())
        .fault()
        .orElseThrow()
        .detail();
  }

  private void assertKept(Node node) throws IOException {
    node.awaitReady(kept);
    node.awaitReport(report -> report.live().containsValue(LIVE));
    assertThat(node.root.resolve("live/prod/search/searcher.json")).exists();
    assertWhole(node, kept);
  }

  private static void assertWhole(Node node, Dataset dataset) throws IOException {
    assertThat(StoreWatcher.difference(node.store(dataset), dataset)).isEmpty();
  }

  private static Dataset manyFiles(int count, String names) {
    var sizes = new TreeMap<String, Integer>();
    for (int i = 0; i < count; i++) {
      sizes.put(names.formatted(i), 100);
    }
    return Dataset.random("many", 3, sizes);
  }
}
