package io.hydra.docto.fakes;

import io.hydra.model.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks again and again at the directories that readers trust, and compares every content that is
 * visible there, byte for byte, with the truth.
 */
public final class StoreWatcher implements AutoCloseable {
  private final List<Path> roots;
  private final Map<Digest, Dataset> truth = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<String> torn = new ConcurrentLinkedQueue<>();
  private final AtomicInteger seenWhole = new AtomicInteger();
  private final Duration pause;
  private volatile boolean ended;

  public StoreWatcher(List<Path> roots, List<Dataset> datasets) {
    this(roots, datasets, Duration.ofMillis(2));
  }

  /**
   * @param pause between two looks
   */
  public StoreWatcher(List<Path> roots, List<Dataset> datasets, Duration pause) {
    this.pause = pause;
    this.roots = List.copyOf(roots);
    datasets.forEach(this::know);
    Thread.ofPlatform().daemon().start(this::watch);
  }

  /** Another one that may become visible. */
  public void know(Dataset dataset) {
    truth.put(dataset.digest(), dataset);
  }

  /** One that is gone, and must not become visible again. */
  public void forget(Dataset dataset) {
    truth.remove(dataset.digest());
  }

  public List<String> torn() {
    return List.copyOf(torn);
  }

  /** How often a whole content was seen. */
  public int seenWhole() {
    return seenWhole.get();
  }

  @Override
  public void close() {
    ended = true;
  }

  private void watch() {
    while (!ended) {
      for (var root : roots) {
        look(root);
      }
      LockSupport.parkNanos(pause.toNanos());
    }
  }

  private void look(Path root) {
    try (var entries = Files.list(root)) {
      entries
          .filter(path -> path.getFileName().toString().matches("[0-9a-f]{64}"))
          .forEach(this::compare);
    } catch (NoSuchFileException notYet) {
      // Docto makes it at its start.
    } catch (IOException | UncheckedIOException e) {
      torn.add(e.toString());
    }
  }

  private void compare(Path directory) {
    var dataset = truth.get(Digest.of(directory.getFileName().toString()));
    if (dataset == null) {
      torn.add(directory + " was never published");
      return;
    }
    try {
      var otherFiles = otherFiles(directory, dataset);
      if (otherFiles.isPresent()) {
        addUnlessGone(directory, otherFiles.get());
        return;
      }
      var otherBytes = otherBytes(directory, dataset);
      otherBytes.ifPresentOrElse(torn::add, seenWhole::incrementAndGet);
    } catch (IOException | UncheckedIOException e) {
      addUnlessGone(directory, e.toString());
    }
  }

  /** What a directory has other than a dataset's files and their bytes; empty where it is whole. */
  public static Optional<String> difference(Path directory, Dataset dataset) throws IOException {
    var otherFiles = otherFiles(directory, dataset);
    return otherFiles.isPresent() ? otherFiles : otherBytes(directory, dataset);
  }

  private static Optional<String> otherFiles(Path directory, Dataset dataset) throws IOException {
    return pathsIn(directory).equals(new TreeSet<>(dataset.files().keySet()))
        ? Optional.empty()
        : Optional.of(directory + " has other files than published");
  }

  private static Optional<String> otherBytes(Path directory, Dataset dataset) throws IOException {
    for (var path : dataset.files().keySet()) {
      var bytes = Files.readAllBytes(directory.resolve(path));
      if (!Arrays.equals(bytes, dataset.bytesOf(path))) {
        return Optional.of(directory + "/" + path + " has other bytes than published");
      }
    }
    return Optional.empty();
  }

  /** An eviction between two looks is no tear: the directory as a whole is out of sight then. */
  private void addUnlessGone(Path directory, String finding) {
    if (Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
      torn.add(finding);
    }
  }

  private static Set<String> pathsIn(Path directory) throws IOException {
    try (var files = Files.walk(directory)) {
      var paths = new TreeSet<String>();
      files
          .filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
          .forEach(path -> paths.add(directory.relativize(path).toString()));
      return paths;
    }
  }
}
