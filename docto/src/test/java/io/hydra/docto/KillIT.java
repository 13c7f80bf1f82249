package io.hydra.docto;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.docto.fakes.Dataset;
import io.hydra.docto.fakes.Node;
import io.hydra.docto.fakes.StoreWatcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * SIGKILL at any moment: nothing torn is ever visible, and finished work is not done again. {@code
 * -Dhydra.kills=200} for more kills.
 */
class KillIT {
  private static final int KILLS = Integer.getInteger("hydra.kills", 24);
  private static final int KILLS_A_FETCH = 24;
  private static final long PART_BYTES = 16 * 1024;
  private static final long PARALLEL = 4;

  private final Path directory;

  KillIT(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void givenKillsAtRandomMomentsThenNothingTornIsVisibleAndTheFetchResumes() throws IOException {
    var random = new Random(4711);
    int killedInTheMiddle = 0;
    for (int begun = 0; begun < KILLS; begun += KILLS_A_FETCH) {
      int kills = Math.min(KILLS_A_FETCH, KILLS - begun);
      killedInTheMiddle += killsOfOneFetch(directory.resolve("from-" + begun), kills, random);
    }
    assertThat(killedInTheMiddle).isGreaterThanOrEqualTo(KILLS * 5 / 6);
  }

  /** Returns how many came before all was there. */
  private static int killsOfOneFetch(Path directory, int kills, Random random) throws IOException {
    Files.createDirectory(directory);
    var first = mixed("first", random.nextLong());
    var second = mixed("second", random.nextLong()).withoutChecksums();
    long total = first.bytes() + second.bytes();
    long perRun = total / (kills + 2);
    int killedInTheMiddle = 0;
    try (var node =
            Node.withRam(
                directory,
                "hydra.fetch.part-size",
                "16KiB",
                "hydra.fetch.parallel-max",
                String.valueOf(PARALLEL));
        var watcher =
            new StoreWatcher(
                List.of(node.root.resolve("store"), node.ram), List.of(first, second))) {
      node.publish(first);
      node.publish(second);
      node.order(first.inRam(), second.inRam());
      for (int kill = 0; kill < kills; kill++) {
        int number = kill;
        node.s3.limit(500_000 + random.nextInt(1_000_000));
        long target = node.s3.bytesSent() + perRun / 2 + random.nextLong(perRun);
        node.until(
            () -> "kill %d at %d bytes, %d are sent".formatted(number, target, node.s3.bytesSent()),
            Duration.ofMinutes(5),
            () -> node.s3.bytesSent() >= target || complete(node, first, second));
        killedInTheMiddle += complete(node, first, second) ? 0 : 1;
        node.docto.kill();
        node.docto.restart();
      }
      node.s3.unlimited();
      node.awaitReadyInRam(first);
      node.awaitReadyInRam(second);

      assertThat(watcher.torn()).isEmpty();
      assertThat(watcher.seenWhole()).isPositive();
      // What is in flight, and as much in the kernel's buffers on the way.
      assertThat(node.s3.bytesSent())
          .as("bytes that were sent for %d bytes of data", total)
          .isLessThan(total + kills * PARALLEL * 2 * PART_BYTES);
    }
    return killedInTheMiddle;
  }

  private static boolean complete(Node node, Dataset first, Dataset second) {
    return Files.exists(node.store(first)) && Files.exists(node.store(second));
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
      for (int round = 0; round < KILLS / 2; round++) {
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

  private static Dataset mixed(String name, long seed) {
    var sizes = new TreeMap<String, Integer>();
    sizes.put("large/one.bin", 3_500_000);
    sizes.put("large/two.bin", 700_001);
    sizes.put("empty", 0);
    for (int i = 0; i < 40; i++) {
      sizes.put("small/%02d/file".formatted(i), 1 + i * 997);
    }
    return Dataset.random(name, seed, sizes);
  }
}
