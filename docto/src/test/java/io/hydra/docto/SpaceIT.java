package io.hydra.docto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hydra.docto.fakes.Dataset;
import io.hydra.docto.fakes.FakeS3.Behaviour;
import io.hydra.docto.fakes.Node;
import io.hydra.error.ErrorCode;
import io.hydra.model.Budget;
import io.hydra.model.ChannelId;
import io.hydra.wire.ChannelClaim;
import io.hydra.wire.ClaimedContent;
import io.hydra.wire.DatasetReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Disks and RAM that are too small. */
class SpaceIT {
  private final Dataset first = Dataset.random("first", 41, Map.of("a.bin", 600_000));
  private final Dataset second = Dataset.random("second", 42, Map.of("b.bin", 600_000));

  private final Path directory;

  SpaceIT(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void givenADiskTooSmallThenNotAByteIsFetchedAndSpaceThatComesIsUsed() {
    try (var node = new Node(directory, "hydra.disk-capacity", "1000000")) {
      node.publish(first);
      node.publish(second);
      node.order(first.onDisk());
      node.awaitReady(first);
      int before = node.s3.requests();

      node.order(first.onDisk(), second.onDisk());
      var report = node.awaitDataset(second, SpaceIT::isShort);

      assertThat(report.fault().orElseThrow().detail()).contains("needs 600000 bytes on disk");
      assertThat(node.s3.requests()).isEqualTo(before);
      assertThat(node.root.resolve("staging")).isEmptyDirectory();

      node.order(second.onDisk());
      node.awaitReady(second);
      assertThat(node.report(second).orElseThrow().fault()).isEmpty();
      assertThat(node.store(first)).doesNotExist();
    }
  }

  @Test
  void givenJustEnoughSpaceThenAFetchThatWasKilledIsGoneOnWith() {
    try (var node = new Node(directory, "hydra.disk-capacity", "600000")) {
      node.publish(first);
      node.s3.limit(100_000);
      node.order(first.onDisk());
      node.awaitDataset(first, d -> d.fetchedBytes() > 200_000);
      node.docto.kill();
      node.manager.forgetReports();
      node.s3.unlimited();

      node.docto.restart();
      node.awaitReady(first);

      assertThat(node.manager.reports())
          .allSatisfy(
              report ->
                  assertThat(report.datasets()).noneMatch(dataset -> SpaceIT.isShort(dataset)));
    }
  }

  @Test
  void givenARestartThenWhatIsThereCountsAgainstTheCapacity() {
    try (var node = new Node(directory, "hydra.disk-capacity", "1000000")) {
      node.publish(first);
      node.publish(second);
      node.order(first.onDisk());
      node.awaitReady(first);
      node.docto.kill();
      node.manager.forgetReports();

      node.docto.restart();
      node.order(first.onDisk(), second.onDisk());
      node.awaitDataset(second, SpaceIT::isShort);

      assertThat(node.store(second)).doesNotExist();
      assertThat(node.manager.newest().orElseThrow().disk().free()).isEqualTo(400_000);
    }
  }

  @Test
  void givenRoomForOneCopyThenWrongContentGivesItsSpaceBackForTheRightOne() {
    try (var node = new Node(directory, "hydra.disk-capacity", "700000")) {
      node.publish(first);
      node.s3.behave(_ -> new Behaviour.Corrupt());
      node.order(first.onDisk());
      node.awaitDataset(
          first,
          report ->
              report.fault().filter(f -> f.code() == ErrorCode.VERIFICATION_FAILED).isPresent());

      node.s3.behave(_ -> new Behaviour.Serve());

      node.awaitReady(first);
    }
  }

  @Test
  void givenRetainedDataFillsTheDiskThenItIsNotRemovedForNewData() {
    try (var node = new Node(directory, "hydra.disk-capacity", "1000000")) {
      node.publish(first);
      node.publish(second);
      node.order(first.onDisk());
      node.awaitReady(first);

      node.order(true, List.of(second.onDisk()), List.of(first.digest()), List.of());
      node.awaitDataset(second, SpaceIT::isShort);

      assertThat(node.store(first)).exists();
    }
  }

  @Test
  void givenRamForOneVersionThenTheSecondWaitsUntilTheFirstIsNoLongerWanted() {
    try (var node = Node.withRam(directory, "hydra.ram-capacity", "1MB")) {
      node.publish(first);
      node.publish(second);
      node.order(first.inRam(), second.onDisk());
      node.awaitReadyInRam(first);
      node.awaitReady(second);

      node.order(first.inRam(), second.inRam());
      var report = node.awaitDataset(second, SpaceIT::isShort);
      assertThat(report.fault().orElseThrow().detail()).contains("in RAM");
      assertThat(node.inRam(second)).doesNotExist();
      assertThat(node.inRam(first)).exists();

      node.order(first.onDisk(), second.inRam());
      node.awaitReadyInRam(second);
      assertThat(node.inRam(first)).doesNotExist();
      assertThat(node.store(first)).exists();
    }
  }

  @Test
  void givenRamCapacityThenTheReportTellsWhatIsLeftOfIt() {
    try (var node = Node.withRam(directory, "hydra.ram-capacity", "1MB")) {
      node.publish(first);
      node.order(first.inRam());
      node.awaitReadyInRam(first);

      var ram = node.awaitReport(r -> r.ram().isPresent()).ram().orElseThrow();

      assertThat(ram.total()).isEqualTo(1_000_000);
      await()
          .until(() -> node.manager.newest().orElseThrow().ram().orElseThrow().free() == 400_000);
    }
  }

  @Test
  void givenNoRamRootThenAnOrderForRamIsToldSo() {
    try (var node = new Node(directory)) {
      node.publish(first);
      node.order(first.inRam());
      node.awaitReady(first);

      var report = node.awaitDataset(first, SpaceIT::isShort);

      assertThat(report.fault().orElseThrow().detail()).contains("hydra.ram-root");
      assertThat(node.manager.newest().orElseThrow().ram()).isEmpty();
    }
  }

  @Test
  void givenAFetchThatIsNoLongerWantedThenItStopsAndItsSpaceIsFree() {
    try (var node = new Node(directory)) {
      node.publish(first);
      node.s3.limit(50_000);
      node.order(first.onDisk());
      node.awaitDataset(first, d -> d.fetchedBytes() > 0);

      node.order();

      await()
          .until(() -> !Files.exists(node.root.resolve("staging").resolve(first.digest().hex())));
      node.awaitReport(report -> report.datasets().isEmpty());
    }
  }

  @Test
  void givenABudgetTooSmallThenNotAByteIsFetchedAndItIsFetchedOnceTheOldIsLetGo() {
    try (var node = new Node(directory)) {
      node.publish(first);
      node.publish(second);
      node.order(List.of(first.onDisk()), claim(1_000_000, claimed(first, true)));
      node.awaitReady(first);
      int before = node.s3.requests();

      node.order(
          List.of(first.onDisk(), second.onDisk()),
          claim(1_000_000, claimed(first, true), claimed(second, true)));
      var report = node.awaitDataset(second, SpaceIT::isShort);

      assertThat(report.fault().orElseThrow().detail())
          .isEqualTo(
              "channel prod/search/searcher has a budget of 1000000 bytes on disk of each node;"
                  + " it takes 600000 of them and needs 600000 more");
      assertThat(node.s3.requests()).isEqualTo(before);
      assertThat(node.root.resolve("staging")).isEmptyDirectory();
      assertThat(node.store(first)).exists();

      node.order(
          List.of(second.onDisk()), claim(1_000_000, claimed(first, false), claimed(second, true)));
      node.awaitReady(second);
      assertThat(node.report(second).orElseThrow().fault()).isEmpty();
      assertThat(node.store(first)).doesNotExist();
    }
  }

  private static ChannelClaim claim(long onDisk, ClaimedContent... contents) {
    return new ChannelClaim(
        ChannelId.parse("prod/search/searcher"),
        new Budget(Optional.of(onDisk), Optional.empty()),
        List.of(contents));
  }

  private static ClaimedContent claimed(Dataset dataset, boolean wanted) {
    return new ClaimedContent(dataset.digest(), dataset.onDisk().bytes(), wanted, false);
  }

  private static boolean isShort(DatasetReport report) {
    return report.fault().filter(f -> f.code() == ErrorCode.INSUFFICIENT_SPACE).isPresent();
  }
}
