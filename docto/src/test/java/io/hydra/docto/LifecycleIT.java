package io.hydra.docto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hydra.docto.fakes.Dataset;
import io.hydra.docto.fakes.DoctoProcess;
import io.hydra.docto.fakes.Node;
import io.hydra.error.ErrorCode;
import io.hydra.wire.CopyState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Starts, ends, and what is found at a start. */
class LifecycleIT {
  private final Dataset dataset =
      Dataset.random("dataset", 51, Map.of("large.bin", 900_000, "small", 100));

  private final Path directory;

  LifecycleIT(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void givenSigtermInTheMiddleOfAFetchThenItEndsSoonAndTheNextRunResumes() {
    try (var node = new Node(directory)) {
      node.publish(dataset);
      node.s3.limit(100_000);
      node.order(dataset.onDisk());
      node.awaitDataset(dataset, d -> d.fetchedBytes() > 300_000);

      assertThat(node.docto.terminate()).isLessThan(Duration.ofSeconds(5));
      assertThat(node.docto.log()).doesNotContain("ERROR", "Exception");
      node.s3.unlimited();
      long before = node.s3.bytesSent();
      node.docto.restart();
      node.awaitReady(dataset);

      assertThat(node.s3.bytesSent() - before).isLessThan(dataset.bytes() - 64 * 1024);
    }
  }

  /** As after a loss of power: the journal claims what never reached the disk. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void givenAClaimedPartThatTheDiskLostThenItIsFetchedAgain(boolean checksums) throws IOException {
    var fetched = checksums ? dataset : dataset.withoutChecksums();
    try (var node = new Node(directory)) {
      node.publish(fetched);
      node.s3.limit(200_000);
      node.order(fetched.onDisk());
      node.awaitDataset(fetched, d -> d.fetchedBytes() > 500_000);
      node.docto.kill();
      var staged = node.root.resolve("staging").resolve(fetched.digest().hex());
      overwrite(staged.resolve("content/large.bin"), new byte[4096]);
      node.s3.unlimited();
      long before = node.s3.bytesSent();

      node.docto.restart();
      node.awaitReady(fetched);

      assertThat(node.docto.log()).contains("'large.bin' was changed on this node's disk");
      assertThat(node.store(fetched).resolve("large.bin"))
          .hasBinaryContent(fetched.bytesOf("large.bin"));
      assertThat(node.s3.bytesSent() - before).isLessThan(fetched.bytes() - 64 * 1024);
    }
  }

  /** Somebody cleans up where nobody should, while the fetch goes on. */
  @Test
  void givenAStagedFileThatIsRemovedMeanwhileThenItIsFetchedAgain() throws IOException {
    try (var node = new Node(directory)) {
      node.publish(dataset);
      node.s3.limit(200_000);
      node.order(dataset.onDisk());
      var staged = node.root.resolve("staging").resolve(dataset.digest().hex());
      var small = staged.resolve("content/small");
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> Files.exists(small) && Files.size(small) == 100);

      Files.delete(small);
      node.s3.unlimited();
      node.awaitReady(dataset);

      assertThat(node.store(dataset).resolve("small")).hasBinaryContent(dataset.bytesOf("small"));
    }
  }

  private static void overwrite(Path file, byte[] beginning) throws IOException {
    try (var out = FileChannel.open(file, StandardOpenOption.WRITE)) {
      out.write(ByteBuffer.wrap(beginning), 0);
    }
  }

  @Test
  void givenASecondDoctoOnTheSameRootThenItIsRefusedWithTheReason() {
    try (var node = new Node(directory)) {
      assertThat(node.docto.get("/q/health/ready").statusCode()).isEqualTo(200);
      var elsewhere = directory.resolve("second");
      elsewhere.toFile().mkdirs();
      try (var second =
          DoctoProcess.start(
              elsewhere, node.manager, node.s3, "hydra.root", node.root.toString())) {

        assertThat(second.exitCode()).isNotZero();
        assertThat(second.log())
            .contains("another Docto works on '" + node.root + "' (hydra.root)")
            .doesNotContain("\tat ");
      }
    }
  }

  @Test
  void givenASecondDoctoOnTheSameRamRootThenItIsRefusedWithTheReason() {
    try (var node = Node.withRam(directory)) {
      assertThat(node.docto.get("/q/health/ready").statusCode()).isEqualTo(200);
      var elsewhere = directory.resolve("second");
      elsewhere.toFile().mkdirs();
      try (var second =
          DoctoProcess.start(
              elsewhere, node.manager, node.s3, "hydra.ram-root", node.ram.toString())) {

        assertThat(second.exitCode()).isNotZero();
        assertThat(second.log())
            .contains("another Docto works on '" + node.ram + "' (hydra.ram-root)")
            .doesNotContain("\tat ");
      }
    }
  }

  @Test
  void givenRestartThenWhatIsThereIsReadyWithoutAByteFetched() {
    try (var node = Node.withRam(directory)) {
      node.publish(dataset);
      node.order(dataset.inRam());
      node.awaitReadyInRam(dataset);
      int before = node.s3.requests();

      node.docto.kill();
      node.manager.forgetReports();
      node.docto.restart();
      node.awaitReadyInRam(dataset);

      assertThat(node.s3.requests()).isEqualTo(before);
      assertThat(node.awaitReport(report -> report.settled()).datasets())
          .singleElement()
          .satisfies(d -> assertThat(d.downloadedBytes()).isZero());
    }
  }

  @Test
  void givenALostMarkerThenTheContentIsProvenByItsBytes() throws IOException {
    try (var node = new Node(directory)) {
      node.publish(dataset);
      node.order(dataset.onDisk());
      node.awaitReady(dataset);
      int before = node.s3.requests();
      node.docto.kill();
      Files.delete(marker(node));
      node.manager.forgetReports();

      node.docto.restart();
      node.awaitReady(dataset);

      assertThat(marker(node)).exists();
      assertThat(node.s3.requests()).isEqualTo(before);
    }
  }

  @Test
  void givenAMarkerOfAnOlderVersionThenItStillProvesTheCopyInRam() throws IOException {
    try (var node = Node.withRam(directory)) {
      node.publish(dataset);
      node.order(dataset.inRam());
      node.awaitReadyInRam(dataset);
      int before = node.s3.requests();
      node.docto.kill();
      var written = Files.readString(marker(node));
      var older =
          written
              .replaceAll(
                  "\"checksum\":\\{\"algorithm\":\"SHA256\",\"hex\":(\"\\p{XDigit}+\")}",
                  "\"sha256\":$1")
              .replace("\"proven\":", "\"files\":");
      assertThat(older).contains("sha256").doesNotContain("checksum");
      Files.writeString(marker(node), older);
      var copy = node.inRam(dataset).resolve("small");
      copy.toFile().setWritable(true);
      Files.write(copy, new byte[Math.toIntExact(Files.size(copy))]);
      node.manager.forgetReports();

      node.docto.restart();
      node.awaitReadyInRam(dataset);

      assertThat(copy).hasBinaryContent(dataset.bytesOf("small"));
      assertThat(marker(node)).hasContent(older);
      assertThat(node.s3.requests()).isEqualTo(before);
    }
  }

  @Test
  void givenATruncatedFileInTheStoreThenItIsWithdrawnAndFetchedAgain() throws IOException {
    try (var node = new Node(directory)) {
      node.publish(dataset);
      node.order(dataset.onDisk());
      node.awaitReady(dataset);
      node.docto.kill();
      var small = node.store(dataset).resolve("small");
      Files.setPosixFilePermissions(small, PosixFilePermissions.fromString("rw-r--r--"));
      Files.write(small, new byte[] {1, 2, 3});
      node.manager.forgetReports();

      node.docto.restart();
      node.awaitReady(dataset);

      assertThat(node.docto.log()).contains("state=withdrawn");
      assertThat(small).hasBinaryContent(dataset.bytesOf("small"));
    }
  }

  @Test
  void givenAFileLostFromTheStoreThenPlacingInRamFindsItAndTheDataIsFetchedAgain()
      throws IOException {
    try (var node = Node.withRam(directory)) {
      node.publish(dataset);
      node.order(dataset.onDisk());
      node.awaitReady(dataset);
      var store = node.store(dataset);
      Files.setPosixFilePermissions(store, PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.delete(store.resolve("large.bin"));

      node.order(dataset.inRam());
      node.awaitReadyInRam(dataset);

      assertThat(node.inRam(dataset).resolve("large.bin"))
          .hasBinaryContent(dataset.bytesOf("large.bin"));
    }
  }

  @Test
  void givenABitFlippedOnDiskThenPlacingInRamFindsItAndTheDataIsFetchedAgain() throws IOException {
    try (var node = Node.withRam(directory)) {
      node.publish(dataset);
      node.order(dataset.onDisk());
      node.awaitReady(dataset);
      var large = node.store(dataset).resolve("large.bin");
      var wrong = dataset.bytesOf("large.bin").clone();
      wrong[500_000] ^= 4;
      Files.setPosixFilePermissions(large, PosixFilePermissions.fromString("rw-r--r--"));
      Files.write(large, wrong);

      node.order(dataset.inRam());
      node.awaitReadyInRam(dataset);

      assertThat(node.inRam(dataset).resolve("large.bin"))
          .hasBinaryContent(dataset.bytesOf("large.bin"));
      assertThat(node.store(dataset).resolve("large.bin"))
          .hasBinaryContent(dataset.bytesOf("large.bin"));
    }
  }

  @Test
  void givenAWrongCopyInRamThenItIsReplacedAtTheNextStart() throws IOException {
    try (var node = Node.withRam(directory)) {
      node.publish(dataset);
      node.order(dataset.inRam());
      node.awaitReadyInRam(dataset);
      node.docto.kill();
      var small = node.inRam(dataset).resolve("small");
      Files.setPosixFilePermissions(small, PosixFilePermissions.fromString("rw-r--r--"));
      Files.write(small, new byte[100]);
      node.manager.forgetReports();

      node.docto.restart();
      node.awaitReadyInRam(dataset);

      assertThat(small).hasBinaryContent(dataset.bytesOf("small"));
    }
  }

  @Test
  void givenAManifestThatIsNotWhatItsDigestSaysThenItIsRefused() {
    var other = Dataset.random("other", 52, Map.of("x", 10));
    try (var node = new Node(directory)) {
      node.manager.answerFor(dataset.digest(), other.manifest());
      node.order(dataset.onDisk());

      var report =
          node.awaitDataset(
              dataset,
              d -> d.fault().filter(f -> f.code() == ErrorCode.VERIFICATION_FAILED).isPresent());

      assertThat(report.disk()).isEqualTo(CopyState.WAITING);
    }
  }

  @Test
  void givenFilesThatAreNotOursThenTheyAreLeftAlone() throws IOException {
    var foreign = Files.createDirectories(directory.resolve("root/store/notes"));
    try (var node = new Node(directory)) {
      node.publish(dataset);
      node.order(dataset.onDisk());
      node.awaitReady(dataset);
      node.order();
      await().until(() -> !Files.exists(node.store(dataset)));

      assertThat(foreign).exists();
    }
  }

  private Path marker(Node node) {
    return node.root.resolve("state/committed").resolve(dataset.digest().hex() + ".json");
  }
}
