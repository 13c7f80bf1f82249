package io.hydra.docto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hydra.docto.fakes.Dataset;
import io.hydra.docto.fakes.Node;
import io.hydra.error.ErrorCode;
import io.hydra.model.ChannelId;
import io.hydra.model.Checksum.Algorithm;
import io.hydra.model.Placement;
import io.hydra.model.ReleaseRef;
import io.hydra.model.ReleaseVersion;
import io.hydra.wire.CopyState;
import io.hydra.wire.DatasetReport;
import io.hydra.wire.DesiredDataset;
import io.hydra.wire.LiveRelease;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is damaged on a node is found before anybody asks for it, and made whole. */
class ScrubIT {
  private static final ChannelId CHANNEL = ChannelId.parse("prod/search/searcher");
  private static final String[] OFTEN = {"hydra.scrub.every", "1s"};

  /** A place in the middle of the large file. */
  private static final int PLACE = 700_001;

  private final Dataset dataset =
      Dataset.random("dataset", 71, Map.of("a/large.bin", 1_500_000, "empty", 0, "small", 100))
          .withChecksums(Algorithm.CRC64NVME);

  private final Path directory;

  ScrubIT(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void givenABitFlippedOnDiskThenReadinessGoesUntilTheDataIsFetchedAgain() throws IOException {
    try (var node = new Node(directory, OFTEN)) {
      makeLive(node, dataset.onDisk(), Placement.DISK);
      node.s3.limit(150_000);

      flip(node.store(dataset).resolve("a/large.bin"));

      patiently().until(() -> !isReady(node));
      assertThat(node.docto.get("/q/health/ready").body())
          .contains("on disk: file 'a/large.bin' is not what was committed");
      var report = node.awaitDataset(dataset, d -> d.disk() == CopyState.MOVING);
      assertThat(report.fault())
          .hasValueSatisfying(
              fault -> assertThat(fault.code()).isEqualTo(ErrorCode.VERIFICATION_FAILED));
      assertThat(metric(node, "hydra_docto_live_corrupt")).isOne();

      node.s3.unlimited();
      patiently().until(() -> isReady(node));
      assertThat(node.store(dataset).resolve("a/large.bin"))
          .hasBinaryContent(dataset.bytesOf("a/large.bin"));
      node.awaitDataset(dataset, d -> d.disk() == CopyState.READY && d.fault().isEmpty());
      assertThat(metric(node, "hydra_docto_scrub_damage_total{medium=\"disk\"}")).isOne();
      assertThat(metric(node, "hydra_docto_live_corrupt")).isZero();
    }
  }

  @Test
  void givenDamageThatIsNotMendedYetThenARestartDoesNotForgetIt() throws IOException {
    try (var node = new Node(directory, OFTEN)) {
      makeLive(node, dataset.onDisk(), Placement.DISK);
      node.s3.limit(50_000);
      flip(node.store(dataset).resolve("a/large.bin"));
      patiently().until(() -> !isReady(node));
      node.awaitDataset(dataset, d -> d.disk() == CopyState.MOVING);
      assertThat(node.docto.terminate()).isLessThan(Duration.ofSeconds(5));

      node.docto.restart();

      patiently().until(() -> node.docto.log().split("Listening on", -1).length == 3);
      assertThat(isReady(node)).isFalse();
      node.s3.unlimited();
      patiently().until(() -> isReady(node));
      assertThat(node.docto.log()).doesNotContain("Exception");
    }
  }

  @Test
  void givenABitFlippedInRamThenItIsMendedWhereItLiesAlsoForWhoHasMappedIt() throws IOException {
    try (var node = Node.withRam(directory, OFTEN)) {
      makeLive(node, dataset.inRam(), Placement.RAM);
      node.awaitReadyInRam(dataset);
      int requests = node.s3.requests();
      var file = node.inRam(dataset).resolve("a/large.bin");
      var right = dataset.bytesOf("a/large.bin")[PLACE];
      var mapped = map(file);
      node.manager.forgetReports();

      // Mending takes a moment only, which may be over before it is seen.
      patiently()
          .until(
              () -> {
                if (mapped.get(PLACE) == right && isReady(node)) {
                  flip(file);
                }
                return !isReady(node)
                    && node.manager.reports().stream()
                        .flatMap(report -> report.datasets().stream())
                        .anyMatch(ScrubIT::saysDamagedInRam);
              });

      patiently().until(() -> isReady(node) && mapped.get(PLACE) == right);
      assertThat(file).hasBinaryContent(dataset.bytesOf("a/large.bin"));
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("r--r--r--");
      node.awaitDataset(dataset, d -> d.ram() == CopyState.READY && d.fault().isEmpty());
      assertThat(metric(node, "hydra_docto_scrub_damage_total{medium=\"ram\"}")).isPositive();
      assertThat(node.s3.requests()).isEqualTo(requests);
    }
  }

  @Test
  void givenAFileLostFromRamThenTheCopyIsMadeAnew() throws IOException {
    try (var node = Node.withRam(directory, OFTEN)) {
      makeLive(node, dataset.inRam(), Placement.RAM);
      node.awaitReadyInRam(dataset);
      int requests = node.s3.requests();
      var file = node.inRam(dataset).resolve("small");
      Files.setPosixFilePermissions(
          node.inRam(dataset), PosixFilePermissions.fromString("rwxr-xr-x"));

      Files.delete(file);

      patiently().until(() -> Files.exists(file));
      patiently().until(() -> isReady(node));
      assertThat(file).hasBinaryContent(dataset.bytesOf("small"));
      assertThat(node.s3.requests()).isEqualTo(requests);
    }
  }

  @Test
  void givenTheSlowestPaceThenSigtermEndsItSoon() {
    try (var node =
        new Node(directory, "hydra.scrub.every", "1s", "hydra.scrub.bytes-per-second", "1")) {
      makeLive(node, dataset.onDisk(), Placement.DISK);
      patiently().until(() -> metric(node, "hydra_docto_scrubbed_bytes_total") > 0);

      assertThat(node.docto.terminate()).isLessThan(Duration.ofSeconds(5));
      assertThat(node.docto.log()).doesNotContain("ERROR", "Exception");
    }
  }

  @Test
  void givenAPaceOfNothingThenTheStartIsRefusedWithTheSetting() {
    try (var node = new Node(directory, "hydra.scrub.bytes-per-second", "0")) {
      assertThat(node.docto.exitCode()).isNotZero();
      assertThat(node.docto.log()).contains("hydra.scrub.bytes-per-second has to be more than 0");
    }
  }

  private void makeLive(Node node, DesiredDataset desired, Placement placement) {
    node.publish(dataset);
    var release = new ReleaseRef(7, ReleaseVersion.of("2026-11-08T09-00-00"));
    var live = new LiveRelease(CHANNEL, release, 5, List.of(dataset.placed(placement)));
    node.order(true, List.of(desired), List.of(), List.of(live));
    patiently().until(() -> Files.exists(node.root.resolve("live/prod/search/searcher.json")));
    assertThat(isReady(node)).isTrue();
  }

  private static boolean saysDamagedInRam(DatasetReport report) {
    return report
        .fault()
        .filter(fault -> fault.code() == ErrorCode.VERIFICATION_FAILED)
        .filter(fault -> fault.detail().contains("in RAM: file 'a/large.bin'"))
        .isPresent();
  }

  /** In place, as a memory or a disk does that loses a bit. */
  private static void flip(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    try (var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      var there = channel.map(MapMode.READ_WRITE, PLACE, 1);
      there.put(0, (byte) (there.get(0) ^ 4));
      there.force();
    }
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
  }

  private static MappedByteBuffer map(Path file) throws IOException {
    try (var channel = FileChannel.open(file)) {
      return channel.map(MapMode.READ_ONLY, 0, channel.size());
    }
  }

  private static boolean isReady(Node node) {
    return node.docto.get("/q/health/ready").statusCode() == 200;
  }

  private static double metric(Node node, String name) {
    return node.docto
        .get("/q/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .sum();
  }

  private static ConditionFactory patiently() {
    return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(20));
  }
}
