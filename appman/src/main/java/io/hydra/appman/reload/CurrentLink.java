package io.hydra.appman.reload;

import io.hydra.appman.lifecycle.ReleaseSet;
import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jboss.logging.Logger;

/**
 * {@code current}, which leads to a directory with one link a dataset. It is replaced by rename, so
 * that whoever resolves it once sees one whole set. A set's directory never changes once it has its
 * name.
 */
public final class CurrentLink {
  private static final Logger LOG = Logger.getLogger(CurrentLink.class);

  private final Path directory;
  private final NodeData data;

  public CurrentLink(Path directory, NodeData data) {
    this.directory = directory;
    this.data = data;
  }

  /** The link's own path, which the application knows. */
  public Path path() {
    return directory.resolve("current");
  }

  private Path releases() {
    return directory.resolve("releases");
  }

  /** Whether it leads to exactly this release now. */
  public boolean leadsTo(ReleaseSet release) {
    try {
      var target = path().resolveSibling(Files.readSymbolicLink(path()));
      return isNamedAfter(target, release) && linksIn(target).equals(linksOf(release));
    } catch (IOException none) {
      return false;
    }
  }

  /** Whether it leads to a release all of whose data is on this node. */
  public boolean leadsToData() {
    try (var links = Files.list(path())) {
      var datasets = links.toList();
      return !datasets.isEmpty() && datasets.stream().allMatch(Files::isDirectory);
    } catch (IOException none) {
      return false;
    }
  }

  /**
   * Makes it lead to the release, on disk before the call returns.
   *
   * @throws HydraException {@code STORAGE_FAILED}; it then leads where it did
   */
  public void switchTo(ReleaseSet release) {
    if (leadsTo(release)) {
      return;
    }
    try {
      var target = build(release);
      var fresh = directory.resolve(".current-new");
      Files.deleteIfExists(fresh);
      Files.createSymbolicLink(fresh, directory.relativize(target));
      Files.move(fresh, path(), StandardCopyOption.ATOMIC_MOVE);
      sync(directory);
      LOG.infof("switched current release=%s path=%s", release.ref(), target.getFileName());
    } catch (IOException e) {
      throw new HydraException(
          ErrorCode.STORAGE_FAILED,
          "cannot switch '%s' to release %s: %s".formatted(path(), release.ref(), e),
          e);
    }
  }

  /**
   * Makes the release's directory without switching to it.
   *
   * @throws HydraException {@code STORAGE_FAILED}
   */
  public void prepare(ReleaseSet release) {
    try {
      build(release);
    } catch (IOException e) {
      throw new HydraException(
          ErrorCode.STORAGE_FAILED,
          "cannot prepare release %s below '%s': %s".formatted(release.ref(), releases(), e),
          e);
    }
  }

  /** Removes the directories of all other releases. What cannot be removed stays until later. */
  public void prune(Set<ReleaseSet> keep) {
    try (var found = Files.list(releases())) {
      var current = path().resolveSibling(Files.readSymbolicLink(path())).normalize();
      for (var candidate : found.toList()) {
        boolean kept =
            candidate.equals(current)
                || keep.stream().anyMatch(release -> isNamedAfter(candidate, release));
        if (!kept) {
          remove(candidate);
        }
      }
    } catch (IOException e) {
      LOG.warnf("could not remove old releases detail=%s", e);
    }
  }

  private Path build(ReleaseSet release) throws IOException {
    Files.createDirectories(releases());
    var links = linksOf(release);
    var target = releases().resolve(nameOf(release));
    // Roots may have moved since the directory was made. It may be in use, so it stays as it is.
    for (int i = 1; Files.exists(target, LinkOption.NOFOLLOW_LINKS); i++) {
      if (linksIn(target).equals(links)) {
        return target;
      }
      target = releases().resolve(nameOf(release) + "~" + i);
    }
    var staging = releases().resolve(".new-" + nameOf(release));
    remove(staging);
    Files.createDirectory(staging);
    for (var link : links.entrySet()) {
      Files.createSymbolicLink(inside(staging, link.getKey()), link.getValue());
    }
    sync(staging);
    try {
      Files.move(staging, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException e) {
      throw new IOException("another AppMan uses the same directory", e);
    }
    sync(releases());
    return target;
  }

  private Map<String, Path> linksOf(ReleaseSet release) {
    var links = new TreeMap<String, Path>();
    for (var dataset : release.datasets()) {
      data.path(dataset).ifPresent(path -> links.put(dataset.name().value(), path));
    }
    return links;
  }

  private static Map<String, Path> linksIn(Path set) throws IOException {
    var links = new TreeMap<String, Path>();
    try (var found = Files.list(set)) {
      for (var link : found.toList()) {
        links.put(String.valueOf(link.getFileName()), Files.readSymbolicLink(link));
      }
    }
    return links;
  }

  private static Path inside(Path set, String name) throws IOException {
    var path = set.resolve(name).normalize();
    if (!set.equals(path.getParent())) {
      throw new IOException("dataset name '" + name + "' is no file name");
    }
    return path;
  }

  private static String nameOf(ReleaseSet release) {
    return "%06d-%s".formatted(release.ref().sequence(), release.ref().version());
  }

  private static boolean isNamedAfter(Path set, ReleaseSet release) {
    var name = String.valueOf(set.getFileName());
    return name.equals(nameOf(release)) || name.startsWith(nameOf(release) + "~");
  }

  private static void remove(Path set) throws IOException {
    if (!Files.isDirectory(set, LinkOption.NOFOLLOW_LINKS)) {
      Files.deleteIfExists(set);
      return;
    }
    try (var links = Files.list(set)) {
      for (var link : links.toList()) {
        Files.deleteIfExists(link);
      }
    }
    Files.deleteIfExists(set);
  }

  private static void sync(Path directory) throws IOException {
    try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
