package io.hydra.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What is read from files, and read again at the first use after they changed. Files that have
 * become unusable leave what was read before in force.
 */
final class Fresh<T> {
  private static final Logger LOG = Logger.getLogger(Fresh.class);

  /** A swapped symbolic link shows as another key. */
  private record Stamp(Optional<Object> key, Optional<FileTime> modified, long size) {
    private static final Stamp MISSING = new Stamp(Optional.empty(), Optional.empty(), -1);

    static Stamp of(Path file) {
      try {
        var now = Files.readAttributes(file, BasicFileAttributes.class);
        return new Stamp(
            Optional.ofNullable(now.fileKey()), Optional.of(now.lastModifiedTime()), now.size());
      } catch (IOException missing) {
        return MISSING;
      }
    }
  }

  private final List<PemFile> files;
  private final Function<Optional<T>, T> reader;
  private List<Stamp> seen = List.of();

  /** Of what could not be used and was told; it is tried again each time, as a mode may change. */
  private List<Stamp> unusable = List.of();

  private @Nullable T value;

  /**
   * @param reader is given what is in force, and throws {@link TlsRefusal} where the files cannot
   *     be used
   */
  Fresh(List<PemFile> files, Function<Optional<T>, T> reader) {
    this.files = List.copyOf(files);
    this.reader = reader;
  }

  /**
   * @throws TlsRefusal where the files cannot be used and never could
   */
  synchronized T get() {
    var now = files.stream().map(file -> Stamp.of(file.path())).toList();
    var before = value;
    if (before != null && now.equals(seen)) {
      return before;
    }
    if (before == null) {
      var first = read();
      seen = now;
      return first;
    }
    try {
      var after = read();
      seen = now;
      LOG.infof("state=reloaded changed TLS files are in use: %s", files);
      return after;
    } catch (TlsRefusal refused) {
      if (!now.equals(unusable)) {
        unusable = now;
        LOG.warnf(
            "state=not-reloaded changed TLS files cannot be used, going on with what was read"
                + " before: %s",
            refused.getMessage());
      }
      return before;
    }
  }

  private T read() {
    var read = reader.apply(Optional.ofNullable(value));
    value = read;
    return read;
  }
}
