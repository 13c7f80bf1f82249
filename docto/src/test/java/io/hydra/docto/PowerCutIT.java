package io.hydra.docto;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.docto.fakes.Dataset;
import io.hydra.docto.fakes.FileSystem;
import io.hydra.docto.fakes.Node;
import io.hydra.docto.fakes.StoreWatcher;
import io.hydra.layout.LiveFile;
import io.hydra.model.ChannelId;
import io.hydra.model.Digest;
import io.hydra.model.Placement;
import io.hydra.model.ReleaseRef;
import io.hydra.model.ReleaseVersion;
import io.hydra.wire.CopyState;
import io.hydra.wire.HydraJson;
import io.hydra.wire.LiveRelease;
import io.hydra.wire.NodeReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Losses of power while releases follow each other: what was not synced is gone. What is visible
 * afterwards is whole, and what was reported is there.
 *
 * <p>{@code -Dhydra.power-cuts=50} for more of them, {@code -Dhydra.seed} for those of a run that
 * printed its seed.
 */
class PowerCutIT {
  private static final int CUTS = Integer.getInteger("hydra.power-cuts", 6);
  private static final long SEED = Long.getLong("hydra.seed", System.nanoTime());
  private static final ChannelId CHANNEL = ChannelId.parse("prod/search/searcher");
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int RELEASES = 5;

  /** The moment of a cut. */
  private enum Moment {
    AFTER_A_WHILE,
    WHILE_BYTES_COME,
    ALL_BYTES_SENT,
    STORED,
    READY,
    LIVE_FILE_WRITTEN,
    LIVE_REPORTED
  }

  /** Many small files, which become durable together, and few large ones, which do one by one. */
  private record Release(Dataset small, Dataset large) {
    static Release of(int number) {
      var random = new Random(number);
      var small = new TreeMap<String, Integer>();
      small.put("empty", 0);
      for (int i = 0; i < 60; i++) {
        small.put("%02d/%d/file".formatted(i % 7, i), 1 + random.nextInt(20_000));
      }
      var large = new TreeMap<String, Integer>();
      for (int i = 0; i < 3; i++) {
        large.put("part-" + i, 1_000_000 + random.nextInt(2_000_000));
      }
      var few = Dataset.random("large-" + number, 100 + number, large);
      return new Release(
          Dataset.random("small-" + number, number, small),
          number % 2 == 0 ? few : few.withoutChecksums());
    }

    Stream<Dataset> datasets() {
      return Stream.of(small, large);
    }
  }

  /** What the node has said, so that others may rely on it. */
  private record Promise(Set<Digest> ready, long live) {
    static Promise of(NodeReport report) {
      return new Promise(
          report.datasets().stream()
              .filter(dataset -> dataset.disk() == CopyState.READY)
              .map(dataset -> dataset.digest())
              .collect(Collectors.toSet()),
          report.live().containsKey(CHANNEL) ? report.live().get(CHANNEL).sequence() : 0);
    }
  }

  private final Random random = new Random(SEED);
  private final List<Release> releases = new ArrayList<>();
  private final Map<Digest, Dataset> truth = new HashMap<>();
  private final Path directory;

  PowerCutIT(@TempDir Path directory) {
    this.directory = directory;
    for (int number = 0; number < RELEASES; number++) {
      releases.add(Release.of(number));
    }
    releases.stream().flatMap(Release::datasets).forEach(d -> truth.put(d.digest(), d));
  }

  @Test
  void givenLossesOfPowerThenWhatIsVisibleIsWholeAndWhatWasReportedIsThere() throws IOException {
    System.out.printf("%d losses of power, hydra.seed=%d%n", CUTS, SEED);
    try (var disk = FileSystem.ext4(directory.resolve("root"), 96 << 20);
        var node = new Node(directory, "hydra.fetch.stall-timeout", "10s")) {
      truth.values().forEach(node::publish);
      for (int cut = 1; cut <= CUTS; cut++) {
        var moment = Moment.values()[random.nextInt(Moment.values().length)];
        node.s3.limit(1_000_000 + random.nextInt(10_000_000));
        long sentBefore = node.s3.bytesSent();
        order(node, cut);
        await(moment, node, cut, sentBefore);
        var promise = node.manager.newest().map(Promise::of).orElse(new Promise(Set.of(), 0));

        disk.cutPower();
        node.docto.kill();
        disk.comeBack();

        assertThat(findings(node, cut, promise))
            .as("cut %d, %s, hydra.seed=%d", cut, moment, SEED)
            .isEmpty();
        node.manager.forgetReports();
        node.s3.unlimited();
        node.docto.restart();
        awaitLive(node, cut);
        assertThat(findings(node, cut, Promise.of(node.manager.newest().orElseThrow())))
            .as("after cut %d, %s, hydra.seed=%d", cut, moment, SEED)
            .isEmpty();
      }
    }
  }

  private Release release(int number) {
    return releases.get(number % RELEASES);
  }

  /** Release NUMBER is wanted and live, the one before retained; all others are evicted. */
  private void order(Node node, int number) {
    var wanted = release(number);
    node.order(
        true,
        wanted.datasets().map(Dataset::onDisk).toList(),
        release(number - 1).datasets().map(Dataset::digest).toList(),
        List.of(
            new LiveRelease(
                CHANNEL,
                new ReleaseRef(number, ReleaseVersion.of("v" + number)),
                number,
                wanted.datasets().map(dataset -> dataset.placed(Placement.DISK)).toList())));
  }

  private void await(Moment moment, Node node, int number, long sentBefore) {
    var wanted = release(number);
    long bytes = wanted.datasets().mapToLong(Dataset::bytes).sum();
    var one = random.nextBoolean() ? wanted.small() : wanted.large();
    switch (moment) {
      case AFTER_A_WHILE -> pause(random.nextInt(1500));
      case WHILE_BYTES_COME -> {
        long target = sentBefore + random.nextLong(bytes);
        soon(() -> node.s3.bytesSent() >= target);
      }
      case ALL_BYTES_SENT -> {
        soon(() -> node.s3.bytesSent() >= sentBefore + bytes);
        pause(random.nextInt(60));
      }
      case STORED -> soon(() -> Files.exists(node.store(one)));
      case READY -> node.awaitReady(one);
      case LIVE_FILE_WRITTEN ->
          soon(() -> liveFile(node).filter(live -> live.sequence() == number).isPresent());
      case LIVE_REPORTED -> awaitLive(node, number);
    }
  }

  private static void pause(int milliseconds) {
    LockSupport.parkNanos(milliseconds * 1_000_000L);
  }

  private static void soon(Callable<Boolean> holds) {
    Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(1)).until(holds);
  }

  private static void awaitLive(Node node, int number) {
    node.awaitReport(report -> Promise.of(report).live() == number);
  }

  /** All that is not as it must be. */
  private List<String> findings(Node node, int number, Promise promise) throws IOException {
    var findings = new ArrayList<String>();
    for (var visible : visible(node)) {
      StoreWatcher.difference(visible, published(visible)).ifPresent(findings::add);
    }
    var live = liveFile(node);
    long named = live.map(LiveFile::sequence).orElse(0L);
    if (named < promise.live()) {
      findings.add("release %d was reported live, %d is".formatted(promise.live(), named));
    }
    live.ifPresent(file -> findings.addAll(missing(file)));
    Stream.of(release(number), release(number - 1))
        .flatMap(Release::datasets)
        .filter(dataset -> promise.ready().contains(dataset.digest()) || isMarked(node, dataset))
        .filter(dataset -> !Files.isDirectory(node.store(dataset)))
        .forEach(dataset -> findings.add(dataset.name() + " was committed and is not there"));
    return findings;
  }

  private static List<Path> visible(Node node) throws IOException {
    try (var entries = Files.list(node.root.resolve("store"))) {
      return entries.toList();
    } catch (NoSuchFileException beforeAnythingWasSynced) {
      return List.of();
    }
  }

  private Dataset published(Path visible) {
    return Objects.requireNonNull(truth.get(Digest.of(visible.getFileName().toString())));
  }

  /** That they are whole was looked at. */
  private static List<String> missing(LiveFile live) {
    return live.datasets().values().stream()
        .filter(dataset -> !Files.isDirectory(Path.of(dataset.path())))
        .map(dataset -> "release %d is live without %s".formatted(live.sequence(), dataset.path()))
        .toList();
  }

  private static Optional<LiveFile> liveFile(Node node) throws IOException {
    try {
      var file = node.root.resolve("live").resolve(CHANNEL + ".json");
      return Optional.of(HydraJson.mapper().readValue(Files.readAllBytes(file), LiveFile.class));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    }
  }

  private static boolean isMarked(Node node, Dataset dataset) {
    return Files.exists(
        node.root.resolve("state/committed").resolve(dataset.digest().hex() + ".json"));
  }
}
