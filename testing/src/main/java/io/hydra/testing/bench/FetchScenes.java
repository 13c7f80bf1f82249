package io.hydra.testing.bench;

import io.hydra.model.Placement;
import io.hydra.testing.process.Await;
import io.hydra.testing.process.Link;
import io.hydra.testing.s3.S3Access;
import io.hydra.testing.stage.StageDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What else is asked of a Docto: what it fetches again, and how it comes from disk to RAM. */
final class FetchScenes {
  private static final double MIB = 1 << 20;

  /** Four parts of 8 MiB are fetched at once by default; and headers of answers. */
  private static final double IN_FLIGHT_MIB = 4 * 8 + 1;

  /** Headers of answers come on top of what was asked for. */
  private static final double WITH_HEADERS = 1.02;

  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Duration LOOK = Duration.ofMillis(10);
  private static final Path TMPFS = Path.of("/dev/shm");

  private final FetchOptions options;
  private final FetchResults results;
  private final Progress progress;
  private final FetchStage.Ready ready;
  private final Path directory;

  FetchScenes(
      FetchOptions options,
      FetchResults results,
      Progress progress,
      FetchStage.Ready ready,
      Path directory) {
    this.options = options;
    this.results = results;
    this.progress = progress;
    this.ready = ready;
    this.directory = directory;
  }

  /** A scene; it gives the row's numbers. */
  private interface Scene {
    List<Row> play(Measure measure, Path into) throws IOException, InterruptedException;
  }

  void measure() throws InterruptedException {
    for (var side : options.sides()) {
      var agent = FetchResults.agent(side);
      var large = largest();
      play(
          Measure.of(
                  "%s: killed in the middle, fetched again, %s".formatted(large.title(), agent),
                  "MiB")
              .withGoal(Goal.atMost(IN_FLIGHT_MIB)),
          (measure, into) -> restart(side, large, measure, into),
          side);
      play(
          Measure.of(
                  "release with one of %d datasets changed: fetched, by the size of that one, %s"
                      .formatted(FetchData.DATASETS, agent),
                  "times")
              .withGoal(Goal.atMost(WITH_HEADERS)),
          (measure, into) -> secondRelease(side, measure, into),
          side);
      play(
          Measure.of("%s: disk to RAM, verified, %s".formatted(large.title(), agent), "MiB/s"),
          (measure, into) -> toRam(side, large, measure, into),
          side);
    }
  }

  private FetchWork largest() {
    return options.works().stream()
        .max(Comparator.comparingLong(FetchWork::fileBytes))
        .orElseThrow();
  }

  private void play(Measure measure, Scene scene, Side side) throws InterruptedException {
    if (!side.isBuilt("docto")) {
      missing(measure, FetchRun.NOT_BUILT);
      return;
    }
    progress.say(measure.name());
    try {
      var into = Files.createTempDirectory(directory, "scene-");
      try {
        scene.play(measure, into).forEach(results::put);
      } finally {
        new StageDirectory(into).discard();
      }
    } catch (IOException | RuntimeException failed) {
      progress.say("failed: " + failed);
      missing(measure, String.valueOf(failed.getMessage()));
    }
  }

  private void missing(Measure measure, String why) {
    results.put(
        new Row(
            measure,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of("not measured: " + why)));
  }

  private static List<Row> row(Measure measure, double ours) {
    return List.of(
        new Row(measure, Optional.of(ours), Optional.empty(), Optional.empty(), List.of()));
  }

  /** Bytes of the answers that came to it before and after, less those that it needed. */
  private List<Row> restart(Side side, FetchWork work, Measure measure, Path into)
      throws IOException {
    var dataset = dataset(work);
    try (var link = new Link(ready.direct().endpoint().getPort());
        var node = node(side, link, into)) {
      node.start();
      var release = node.order(List.of(dataset), Placement.DISK);
      Await.until(
          "half of it is fetched", PATIENCE, () -> link.answeredBytes() >= work.bytes() / 2);
      node.kill();
      node.start();
      var unused = node.awaitLive(release);
      return row(measure, (link.answeredBytes() - work.bytes()) / MIB);
    }
  }

  private List<Row> secondRelease(Side side, Measure measure, Path into) throws IOException {
    try (var link = new Link(ready.direct().endpoint().getPort());
        var node = node(side, link, into)) {
      node.start();
      var first = ready.small().subList(0, FetchData.DATASETS);
      var unused = node.awaitLive(node.order(first, Placement.DISK));
      long before = link.answeredBytes();
      var second = new ArrayList<>(first);
      var changed = ready.small().getLast();
      second.set(0, changed);
      unused = node.awaitLive(node.order(second, Placement.DISK));
      double fetched = link.answeredBytes() - before;
      return row(measure, fetched / changed.manifest().bytes());
    }
  }

  /** In turns with cp of the same files into the same tmpfs. */
  private List<Row> toRam(Side side, FetchWork work, Measure measure, Path into)
      throws IOException, InterruptedException {
    var dataset = dataset(work);
    var tmpfs = Files.createTempDirectory(TMPFS, "hydra-bench-");
    try (var node =
        new DoctoNode(
            side, ready.access(), into, Optional.of(Files.createDirectory(tmpfs.resolve("ram"))))) {
      requireTmpfs(work);
      node.start();
      var datasets = List.of(dataset);
      var unused = node.awaitLive(node.order(datasets, Placement.DISK));
      var ours = new ArrayList<Double>();
      var theirs = new ArrayList<Double>();
      for (int run = 0; run < options.runs(); run++) {
        long began = System.nanoTime();
        long nanos = node.awaitLive(node.order(datasets, Placement.RAM)) - began;
        ours.add(rate(work, nanos));
        unused = node.awaitLive(node.order(datasets, Placement.DISK));
        Await.until("RAM is free again", PATIENCE, () -> node.hasNothingInRam(dataset));
        theirs.add(rate(work, copy(node.store(dataset), tmpfs.resolve("cp"))));
        new StageDirectory(tmpfs.resolve("cp")).discard();
      }
      double own = new Series(ours).median();
      double cp = new Series(theirs).median();
      var share = Measure.of(measure.name() + ", by cp -r, which verifies nothing", "times");
      return List.of(
          new Row(measure, Optional.of(own), Optional.of(cp), Optional.of("cp -r"), List.of()),
          row(side.isNative() ? share.withGoal(Goal.atLeast(1)) : share, own / cp).getFirst());
    } finally {
      new StageDirectory(tmpfs).discard();
    }
  }

  private static void requireTmpfs(FetchWork work) throws IOException {
    long free = Math.min(Files.getFileStore(TMPFS).getUsableSpace(), Machine.availableMemory());
    if (free < 3 * work.bytes()) {
      throw new IOException(
          "two copies of %d MiB and page cache do not fit into %d MiB of memory"
              .formatted(work.bytes() >> 20, free >> 20));
    }
  }

  private long copy(Path from, Path to) throws IOException, InterruptedException {
    var command = List.of("cp", "-r", from.toString(), to.toString());
    var log = directory.resolve("cp.log");
    return Child.run(command, directory, Map.of(), log, LOOK).time().toNanos();
  }

  private static double rate(FetchWork work, long nanos) {
    return work.bytes() / MIB * 1e9 / nanos;
  }

  private FrozenDataset dataset(FetchWork work) throws IOException {
    return Optional.ofNullable(ready.works().get(work))
        .orElseThrow(() -> new IOException("nothing is published of " + work.title()));
  }

  private DoctoNode node(Side side, Link link, Path into) throws IOException {
    S3Access counted = ready.direct().by(link.url().getPort());
    return new DoctoNode(side, counted, into, Optional.empty());
  }
}
