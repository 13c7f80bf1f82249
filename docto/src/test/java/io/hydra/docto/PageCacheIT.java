package io.hydra.docto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.hydra.docto.fakes.Dataset;
import io.hydra.docto.fakes.FakeS3.Behaviour;
import io.hydra.docto.fakes.Node;
import io.hydra.model.Checksum.Algorithm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fetched data goes past the page cache where the file system can, and is the same where not. */
class PageCacheIT {
  private static final int O_DIRECT =
      System.getProperty("os.arch").equals("aarch64") ? 0200000 : 040000;

  private final Dataset dataset =
      Dataset.random("dataset", 61, Map.of("large.bin", 5_000_001, "small", 100, "even", 1 << 20))
          .withChecksums(Algorithm.CRC64NVME);

  private final Path directory;

  PageCacheIT(@TempDir Path directory) {
    this.directory = directory;
  }

  /** 100000 is no multiple of a block. */
  @ParameterizedTest
  @ValueSource(strings = {"1MiB", "64KiB", "100000", "8MiB"})
  void givenConnectionsThatBreakAtOddPlacesThenTheDataIsWhole(String partSize) throws IOException {
    try (var node = new Node(directory, patient(partSize))) {
      breakOften(node);
      node.publish(dataset);
      node.order(dataset.onDisk());
      node.awaitReady(dataset);

      assertSame(node);
      assertThat(node.report(dataset).orElseThrow().downloadedBytes())
          .as("what came before a break is not fetched again")
          .isEqualTo(dataset.bytes());
    }
  }

  @Test
  void givenALargeFileThenItIsWrittenPastThePageCache() throws IOException {
    assumeThat(typeOf(directory)).isIn("ext4", "ext2/ext3", "xfs");
    try (var node = new Node(directory, "hydra.fetch.part-size", "1MiB")) {
      node.publish(dataset);
      node.s3.limit(300_000);
      node.order(dataset.onDisk());

      await().atMost(Duration.ofSeconds(20)).until(() -> writesDirectly(node));
      node.s3.unlimited();
      node.awaitReady(dataset);

      assertSame(node);
    }
  }

  /** So slowly that it is in the middle of the file for the rest of the test. */
  @Test
  void givenScrubbingThenItReadsPastThePageCache() throws IOException {
    assumeThat(typeOf(directory)).isIn("ext4", "ext2/ext3", "xfs");
    try (var node =
        new Node(
            directory,
            "hydra.fetch.page-cache",
            "use",
            "hydra.scrub.every",
            "1s",
            "hydra.scrub.bytes-per-second",
            "1")) {
      node.publish(dataset);
      node.order(dataset.onDisk());
      node.awaitReady(dataset);

      await().atMost(Duration.ofSeconds(20)).until(() -> writesDirectly(node));
    }
  }

  @Test
  void givenItIsToUseThePageCacheThenItDoes() throws IOException {
    try (var node =
        new Node(directory, "hydra.fetch.part-size", "1MiB", "hydra.fetch.page-cache", "use")) {
      node.publish(dataset);
      node.s3.limit(300_000);
      node.order(dataset.onDisk());

      node.awaitDataset(dataset, d -> d.fetchedBytes() > 1_500_000);
      assertThat(writesDirectly(node)).isFalse();
      node.s3.unlimited();
      node.awaitReady(dataset);

      assertSame(node);
    }
  }

  @Test
  void givenARootInMemoryThenTheDataIsWhole() throws IOException {
    var memory = Path.of("/dev/shm");
    assumeThat(memory).isDirectory();
    var root = Files.createTempDirectory(memory, "hydra");
    try (var node = new Node(root, patient("1MiB"))) {
      breakOften(node);
      node.publish(dataset);
      node.order(dataset.onDisk());
      node.awaitReady(dataset);

      assertSame(node);
      node.order();
      await().until(() -> !Files.exists(node.store(dataset)));
    } finally {
      remove(root);
    }
  }

  @Test
  void givenAKillThenWhatWasWrittenPastThePageCacheIsGoneOnWith() throws IOException {
    try (var node = new Node(directory, "hydra.fetch.part-size", "512KiB")) {
      node.publish(dataset);
      node.s3.limit(400_000);
      node.order(dataset.onDisk());
      node.awaitDataset(dataset, d -> d.fetchedBytes() > 2_500_000);
      node.docto.kill();
      node.s3.unlimited();
      long before = node.s3.bytesSent();

      node.docto.restart();
      node.awaitReady(dataset);

      assertSame(node);
      assertThat(node.s3.bytesSent() - before).isLessThan(dataset.bytes() - 2_000_000);
    }
  }

  private static String[] patient(String partSize) {
    return new String[] {
      "hydra.fetch.part-size", partSize,
      "hydra.fetch.attempts", "50",
      "hydra.fetch.backoff-first", "1ms"
    };
  }

  /** Two of three connections break, after a length that is no multiple of anything. */
  private static void breakOften(Node node) {
    var cut = new AtomicInteger();
    node.s3.behave(
        request ->
            request.number() % 3 == 0
                ? new Behaviour.Serve()
                : new Behaviour.CutAfter(1 + cut.addAndGet(7919) * 13 % 300_000));
  }

  private void assertSame(Node node) {
    dataset
        .files()
        .forEach(
            (path, bytes) -> assertThat(node.store(dataset).resolve(path)).hasBinaryContent(bytes));
  }

  private static String typeOf(Path path) throws IOException {
    return Files.getFileStore(path).type();
  }

  /** Whether the process has a file open so, see proc_pid_fdinfo(5). */
  private static boolean writesDirectly(Node node) throws IOException {
    try (var files = Files.list(Path.of("/proc/" + node.docto.pid() + "/fdinfo"))) {
      return files.anyMatch(PageCacheIT::isDirect);
    }
  }

  private static boolean isDirect(Path fdinfo) {
    try {
      return Files.readAllLines(fdinfo).stream()
          .filter(line -> line.startsWith("flags:"))
          .anyMatch(line -> (Integer.parseInt(line.replaceAll("\\D", ""), 8) & O_DIRECT) != 0);
    } catch (IOException closedMeanwhile) {
      return false;
    }
  }

  private static void remove(Path top) throws IOException {
    try (var files = Files.walk(top)) {
      for (var path : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
