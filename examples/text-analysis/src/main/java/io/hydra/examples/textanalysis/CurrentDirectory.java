package io.hydra.examples.textanalysis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Reads which release lies below a directory. The directory may be a link to one that is named
 * {@code SEQUENCE-VERSION}, and each dataset in it a link to a directory that is named by its
 * digest.
 */
final class CurrentDirectory {
  private static final Pattern RELEASE = Pattern.compile("(\\d{1,18})-(.+)");

  private CurrentDirectory() {}

  /** Empty while the directory is not there. */
  static Optional<Release> read(Path current) throws IOException {
    if (!Files.isDirectory(current)) {
      return Optional.empty();
    }
    // Resolved once: the link may be switched while we read, and the set must be of one release.
    var real = current.toRealPath();
    var datasets = new TreeMap<String, Release.Source>();
    try (var entries = Files.list(real)) {
      for (var entry : (Iterable<Path>) entries::iterator) {
        var directory = entry.toRealPath();
        datasets.put(
            entry.getFileName().toString(),
            new Release.Source(directory.toString(), directory.getFileName().toString()));
      }
    }
    var name = real.getFileName().toString();
    var parts = RELEASE.matcher(name);
    return Optional.of(
        parts.matches()
            ? new Release(parts.group(2), Long.parseLong(parts.group(1)), datasets)
            : new Release(name, 0, datasets));
  }
}
