package io.hydra.testing.watch;

import io.hydra.error.HydraException;
import io.hydra.model.Digest;
import io.hydra.model.Release;
import io.hydra.testing.balancer.Backend;
import io.hydra.testing.stage.ManagerClient;
import io.hydra.testing.stage.Node;
import io.hydra.testing.stage.Replica;
import io.hydra.testing.stage.Stage;
import io.hydra.wire.ReleaseView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Verifies ten times a second that every dataset visible on a node and every {@code current} of a
 * replica is whole.
 */
public final class Watcher implements AutoCloseable {
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
  private static final int EVERY_MILLIS = 100;
  private static final int MAX_VIOLATIONS = 100;

  private final Stage stage;
  private final ManagerClient client;
  private final Map<String, Backend> backends = new ConcurrentHashMap<>();
  private final Map<String, Release> releases = new ConcurrentHashMap<>();
  private final List<Violation> violations = new ArrayList<>();
  private final Map<String, Integer> mostInRam = new ConcurrentHashMap<>();
  private final Map<String, Long> mostRamBytes = new ConcurrentHashMap<>();
  private final DatasetCheck datasets;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().name("watcher").factory());
  private final AtomicLong rounds = new AtomicLong();

  public Watcher(Stage stage, List<Backend> backends) {
    this.stage = stage;
    client = stage.client();
    backends.forEach(backend -> this.backends.put(backend.id(), backend));
    datasets = new DatasetCheck(client::manifest);
  }

  public void start() {
    var unused = clock.scheduleWithFixedDelay(this::round, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  public List<Violation> violations() {
    synchronized (violations) {
      return List.copyOf(violations);
    }
  }

  /** How often it looked at everything. */
  public long rounds() {
    return rounds.get();
  }

  /** The largest number of datasets that a node's RAM root showed at once. */
  public int mostInRam(String node) {
    return mostInRam.getOrDefault(node, 0);
  }

  /** The most bytes that a node's RAM root held at once, unfinished copies included. */
  public long mostRamBytes(String node) {
    return mostRamBytes.getOrDefault(node, 0L);
  }

  /** Tells it about new releases; those that it does not know it cannot judge. */
  public void learn(List<ReleaseView> views) {
    views.forEach(view -> releases.put(view.release().version().value(), view.release()));
  }

  private void round() {
    for (var node : stage.nodes()) {
      guarded(() -> checkNode(node));
    }
    for (var replica : stage.replicas()) {
      guarded(() -> checkReplica(replica));
    }
    rounds.incrementAndGet();
  }

  private interface Check {
    void run() throws IOException;
  }

  /** A manager that is down cannot tell what a digest stands for: the next round asks again. */
  private void guarded(Check check) {
    try {
      check.run();
    } catch (HydraException | UncheckedIOException unknownNow) {
      return;
    } catch (IOException | RuntimeException unexpected) {
      report("cannot look: " + unexpected);
    }
  }

  private void checkNode(Node node) throws IOException {
    var ram = node.layout().ramRoot().orElseThrow();
    var inRam = digests(ram);
    mostInRam.merge(node.name(), inRam.size(), Math::max);
    mostRamBytes.merge(node.name(), bytes(ram), Math::max);
    for (var directory : inRam) {
      check(directory);
    }
    for (var directory : digests(node.layout().store())) {
      check(directory);
    }
  }

  private void check(Path directory) throws IOException {
    datasets
        .check(directory, Digest.of(directory.getFileName().toString()))
        .ifPresent(this::report);
  }

  private void checkReplica(Replica replica) throws IOException {
    var backend = Optional.ofNullable(backends.get(replica.id()));
    boolean before = backend.map(Backend::isReady).orElse(false);
    var wrong = CurrentCheck.check(replica.directory().resolve("current"), releases, before);
    boolean stillInService = before && backend.map(Backend::isReady).orElse(false);
    wrong.filter(text -> stillInService || !before).ifPresent(this::report);
  }

  private void report(String what) {
    synchronized (violations) {
      if (violations.size() < MAX_VIOLATIONS) {
        violations.add(new Violation(Instant.now(), what));
      }
    }
  }

  private static List<Path> digests(Path parent) throws IOException {
    if (!Files.isDirectory(parent)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(parent)) {
      return entries
          .filter(entry -> DIGEST.matcher(entry.getFileName().toString()).matches())
          .toList();
    }
  }

  private static long bytes(Path root) throws IOException {
    long sum = 0;
    try (Stream<Path> tree = Files.walk(root)) {
      for (var path : tree.toList()) {
        if (Files.isRegularFile(path)) {
          sum += Files.size(path);
        }
      }
    } catch (UncheckedIOException vanished) {
      return 0;
    }
    return sum;
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
