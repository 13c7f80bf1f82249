package io.hydra.docto.fakes;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.docto.fakes.SourceFault.Lasting;
import io.hydra.error.ErrorCode;
import io.hydra.layout.LiveFile;
import io.hydra.model.ChannelId;
import io.hydra.model.Checksum.Algorithm;
import io.hydra.model.Digest;
import io.hydra.model.Placement;
import io.hydra.model.ReleaseRef;
import io.hydra.model.ReleaseVersion;
import io.hydra.wire.CopyState;
import io.hydra.wire.Fault;
import io.hydra.wire.HydraJson;
import io.hydra.wire.LiveRelease;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Releases of one channel that follow each other on one node, while their source fails for a while
 * each time: the data arrives as published, or it is said why it does not; nothing else is ever
 * visible, and once the source is well again, all goes on.
 */
public final class FaultTrials implements AutoCloseable {
  private static final int RUNS = Integer.getInteger("hydra.network-faults", 2);
  private static final long SEED = Long.getLong("hydra.seed", System.nanoTime());
  private static final ChannelId CHANNEL = ChannelId.parse("prod/search/searcher");
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final int STALL_MILLIS = 750;
  private static final int LONGEST_FAULT_MILLIS = 700;

  /** What stands between the node and its source. */
  public interface Way {
    /**
     * @param share of what passes that fails
     */
    void fail(double share, Random random);

    void heal();

    /** Whether something failed since it was told to, as far as can be seen. */
    boolean hasFailed();
  }

  private final Node node;
  private final StoreWatcher watcher;

  /** What the node is to keep or to get: what its live file may name. */
  private final List<Dataset> kept = new ArrayList<>();

  /** What it is to remove, as soon as there is another order. */
  private final List<Dataset> leaving = new ArrayList<>();

  private long sequence;

  public FaultTrials(Node node) {
    this.node = node;
    this.watcher =
        new StoreWatcher(List.of(node.root.resolve("store")), List.of(), Duration.ofMillis(50));
  }

  /**
   * A node that soon gives up, and soon tries again.
   *
   * @param before gives the address by which an S3 server is to be reached
   */
  public static Node node(Path directory, UnaryOperator<URI> before) {
    return new Node(
        directory,
        (_, s3) ->
            List.of(
                "hydra.s3.endpoint",
                before.apply(s3.url()).toString(),
                "hydra.fetch.attempts",
                "3",
                "hydra.fetch.stall-timeout",
                STALL_MILLIS + "ms",
                "hydra.fetch.backoff-first",
                "20ms",
                "hydra.fetch.backoff-max",
                "100ms",
                "hydra.fetch.retry-first",
                "50ms",
                "hydra.fetch.retry-max",
                "200ms"));
  }

  /** Runs as many as are asked for. */
  public void run(SourceFault fault, Way way) throws IOException {
    int reported = 0;
    long begin = System.nanoTime();
    for (int run = 0; run < RUNS; run++) {
      long seed = SEED + run;
      try {
        reported += run(fault, way, seed) ? 1 : 0;
      } catch (AssertionError failed) {
        throw new AssertionError(
            "%s, run %d, again by -Dhydra.seed=%d -Dhydra.network-faults=1: %s"
                .formatted(fault, run, seed, failed.getMessage()),
            failed);
      }
    }
    System.out.printf(
        "%s: %d runs, %d of them with a fault in reports, %d s%n",
        fault, RUNS, reported, (System.nanoTime() - begin) / 1_000_000_000);
  }

  @Override
  public void close() {
    watcher.close();
  }

  /** Whether a fault was reported. */
  private boolean run(SourceFault fault, Way way, long seed) throws IOException {
    var random = new Random(seed + fault.name().hashCode() * 1_000_003L);
    var dataset = publish(dataset("dataset-" + ++sequence, fault, random));
    boolean fromTheStart = seed % 2 == 0;
    boolean all = random.nextBoolean();
    var time = Duration.ofMillis(random.nextInt(LONGEST_FAULT_MILLIS));
    node.s3.limit(1_000_000 + random.nextInt(5_000_000));
    if (!fromTheStart) {
      long sent = node.s3.bytesSent() + random.nextLong(dataset.bytes());
      order(dataset);
      node.until(
          () -> "bytes of " + dataset.name(),
          PATIENCE,
          () -> node.s3.bytesSent() >= sent || isLive(dataset));
    }
    way.fail(all ? 1 : 0.1 + 0.8 * random.nextDouble(), random);
    try {
      if (fromTheStart) {
        order(dataset);
      }
      if (fromTheStart && all) {
        node.until(() -> "a failure of the source", PATIENCE, way::hasFailed);
      }
      if (fromTheStart && all && fault.lasting() == Lasting.YES) {
        node.awaitDataset(dataset, report -> report.fault().isPresent());
      } else {
        letItLast(time, dataset);
      }
    } finally {
      way.heal();
    }
    node.until(() -> dataset.name() + " to be live", PATIENCE, () -> isLive(dataset));
    return judge(dataset, fault);
  }

  private Dataset publish(Dataset dataset) {
    node.s3.removeAll();
    watcher.know(dataset);
    node.publish(dataset);
    node.manager.forgetReports();
    kept.add(dataset);
    return dataset;
  }

  /** It shall be live as soon as it is whole; the one before is not needed, but kept. */
  private void order(Dataset dataset) {
    var live =
        new LiveRelease(
            CHANNEL,
            new ReleaseRef(sequence, ReleaseVersion.of("2026-11-08T09-00-00")),
            1,
            List.of(dataset.placed(Placement.DISK)));
    node.order(true, List.of(dataset.onDisk()), List.copyOf(digestsKept()), List.of(live));
  }

  private Set<Digest> digestsKept() {
    return kept.stream().map(Dataset::digest).collect(Collectors.toUnmodifiableSet());
  }

  private void letItLast(Duration time, Dataset dataset) throws IOException {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end && !isLive(dataset)) {
      LockSupport.parkNanos(5_000_000);
    }
  }

  /** Whether the node says so; and what its live file names is there in any case. */
  private boolean isLive(Dataset dataset) throws IOException {
    var named = named();
    if (!named.equals(Set.of(dataset.digest()))) {
      assertThat(digestsKept()).as("what the live file names").containsAll(named);
      return false;
    }
    assertThat(node.store(dataset)).as("what the live file names").exists();
    return node.manager
            .newest()
            .map(report -> report.live().get(CHANNEL))
            .filter(release -> release.sequence() == sequence)
            .isPresent()
        && node.report(dataset).filter(it -> it.disk() == CopyState.READY).isPresent();
  }

  private Set<Digest> named() throws IOException {
    var file = node.root.resolve("live/prod/search/searcher.json");
    if (kept.size() == 1 && !Files.exists(file)) {
      return Set.of();
    }
    var digests = new HashSet<Digest>();
    HydraJson.mapper()
        .readValue(file.toFile(), LiveFile.class)
        .datasets()
        .values()
        .forEach(
            it -> {
              assertThat(Path.of(it.path())).hasFileName(it.digest().hex()).exists();
              digests.add(it.digest());
            });
    return digests;
  }

  private boolean judge(Dataset dataset, SourceFault fault) throws IOException {
    var reports = node.manager.reports();
    var faults =
        reports.stream()
            .flatMap(report -> report.datasets().stream())
            .flatMap(it -> it.fault().stream())
            .distinct()
            .toList();
    assertThat(faults)
        .as("faults that were reported")
        .allSatisfy(
            it -> {
              assertThat(isStall(it) || fault.codes().contains(it.code()))
                  .as(it.toString())
                  .isTrue();
              assertThat(dataset.files().keySet()).anyMatch(it.detail()::contains);
            });
    var last = node.report(dataset).orElseThrow();
    assertThat(last.fault()).isEmpty();
    assertThat(last.downloadedBytes()).isGreaterThanOrEqualTo(dataset.bytes());
    if (fault.codes().isEmpty()) {
      assertThat(last.downloadedBytes()).isEqualTo(dataset.bytes());
    }
    assertThat(StoreWatcher.difference(node.store(dataset), dataset)).isEmpty();
    assertThat(node.root.resolve("staging")).isEmptyDirectory();
    for (var gone : leaving) {
      node.until(() -> gone.name() + " to go", PATIENCE, () -> !Files.exists(node.store(gone)));
      watcher.forget(gone);
    }
    leaving.clear();
    kept.remove(dataset);
    leaving.addAll(kept);
    kept.clear();
    kept.add(dataset);
    assertThat(watcher.torn()).isEmpty();
    assertThat(node.docto.alive()).isTrue();
    return !faults.isEmpty();
  }

  /** This machine may itself be as slow as that. */
  private static boolean isStall(Fault fault) {
    return fault.code() == ErrorCode.SOURCE_UNAVAILABLE
        && fault.detail().endsWith(STALL_MILLIS + " ms");
  }

  private static Dataset dataset(String name, SourceFault fault, Random random) {
    var sizes = new TreeMap<String, Integer>();
    sizes.put("empty", 0);
    int small = 5 + random.nextInt(20);
    for (int i = 0; i < small; i++) {
      sizes.put("small/%02d/file".formatted(i), 1 + random.nextInt(5_000));
    }
    int large = 1 + random.nextInt(3);
    for (int i = 0; i < large; i++) {
      // From 1 MiB on files may be written past the page cache.
      sizes.put("large-%d.bin".formatted(i), 100_000 + random.nextInt(1_200_000));
    }
    var dataset = Dataset.random(name, random.nextLong(), sizes);
    boolean seen = fault.codes().contains(ErrorCode.VERIFICATION_FAILED);
    return switch (random.nextInt(seen ? 3 : 4)) {
      case 0 -> dataset.withChecksums(Algorithm.CRC64NVME);
      case 1 -> dataset.withChecksums(Algorithm.CRC32C);
      case 2 -> dataset;
      default -> dataset.withoutChecksums();
    };
  }
}
