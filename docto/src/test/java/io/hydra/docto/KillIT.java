package io.hydra.docto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hydra.docto.fakes.Dataset;
import io.hydra.docto.fakes.Node;
import io.hydra.docto.fakes.StoreWatcher;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGKILL at any moment: nothing torn is ever visible, and finished work is not done again. */
class KillIT {
  private static final int KILLS = 24;
  private static final long PART_BYTES = 64 * 1024;
  private static final int PARTS_IN_FLIGHT = 2 * 4;

  private final Path directory;

  KillIT(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void givenKillsAtRandomMomentsThenNothingTornIsVisibleAndTheFetchResumes() {
    var first = mixed("first", 11);
    var second = mixed("second", 12).withoutChecksums();
    long total = first.bytes() + second.bytes();
    var random = new Random(4711);
    try (var node = Node.withRam(directory);
        var watcher =
            new StoreWatcher(
                List.of(node.root.resolve("store"), node.ram), List.of(first, second))) {
      node.publish(first);
      node.publish(second);
      node.order(first.inRam(), second.inRam());
      long perKill = total / KILLS;
      for (int kill = 0; kill < KILLS; kill++) {
        node.s3.limit(500_000 + random.nextInt(2_000_000));
        awaitSent(node, node.s3.bytesSent() + random.nextLong(perKill), watcher);
        node.docto.kill();
        node.docto.restart();
      }
      node.s3.unlimited();
      node.awaitReadyInRam(first);
      node.awaitReadyInRam(second);

      assertThat(watcher.torn()).isEmpty();
      assertThat(watcher.seenWhole()).isPositive();
      assertThat(node.s3.bytesSent())
          .as("bytes that were sent in all")
          .isLessThan(total + KILLS * PARTS_IN_FLIGHT * PART_BYTES);
    }
  }

  @Test
  void givenKillsWhileReleasesComeAndGoThenNothingTornIsVisible() {
    var releases =
        List.of(
            Dataset.random("one", 21, Map.of("a", 400_000, "b/c", 30_000)),
            Dataset.random("two", 22, Map.of("a", 400_000, "b/c", 30_000)),
            Dataset.random("three", 23, Map.of("a", 400_000)));
    var random = new Random(815);
    try (var node = Node.withRam(directory, "hydra.ram-capacity", "600KiB");
        var watcher = new StoreWatcher(List.of(node.root.resolve("store"), node.ram), releases)) {
      releases.forEach(node::publish);
      for (int round = 0; round < 12; round++) {
        var release = releases.get(round % releases.size());
        node.order(release.inRam());
        switch (random.nextInt(3)) {
          case 0 -> node.awaitReady(release);
          case 1 -> node.awaitDataset(release, d -> d.fetchedBytes() > 0);
          default -> node.awaitReport(report -> !report.datasets().isEmpty());
        }
        node.docto.kill();
        node.docto.restart();
      }
      var last = releases.getFirst();
      node.order(last.inRam());
      node.awaitReadyInRam(last);
      node.awaitReport(report -> report.datasets().size() == 1);

      assertThat(watcher.torn()).isEmpty();
      assertThat(node.root.resolve("staging")).isEmptyDirectory();
    }
  }

  /** Waits for a number of bytes, or until there is nothing more to fetch. */
  private static void awaitSent(Node node, long bytes, StoreWatcher watcher) {
    int whole = watcher.seenWhole();
    await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(5))
        .until(() -> node.s3.bytesSent() >= bytes || watcher.seenWhole() > whole + 1);
  }

  private static Dataset mixed(String name, long seed) {
    var sizes = new TreeMap<String, Integer>();
    sizes.put("large/one.bin", 1_500_000);
    sizes.put("large/two.bin", 700_001);
    sizes.put("empty", 0);
    for (int i = 0; i < 40; i++) {
      sizes.put("small/%02d/file".formatted(i), 1 + i * 997);
    }
    return Dataset.random(name, seed, sizes);
  }
}
