package io.hydra.docto.place;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ToLongFunction;
import org.jboss.logging.Logger;

/** Room for files, of which a file system may have too little while it has bytes enough. */
public final class Inodes {
  private static final Logger LOG = Logger.getLogger(Inodes.class);

  private static final AtomicBoolean HAS_WARNED = new AtomicBoolean();

  private Inodes() {}

  /**
   * Looks before the first byte is fetched; nothing is reserved by that.
   *
   * @throws IOException in the words of the system where so many files and directories find no room
   */
  public static void require(Path directory, int files) throws IOException {
    require(directory, files, Inodes::free);
  }

  /**
   * @param free as {@link Libc#freeInodes}
   */
  static void require(Path directory, int files, ToLongFunction<Path> free) throws IOException {
    long available = free.applyAsLong(directory);
    if (available >= 0 && available < files) {
      throw new IOException(
          "No space left on device: %d files and directories are to be made, and %d inodes are free"
              .formatted(files, available));
    }
  }

  private static long free(Path directory) {
    if (!Libc.takes(directory)) {
      return Long.MAX_VALUE;
    }
    try {
      return Libc.freeInodes(directory.toString());
    } catch (RuntimeException | LinkageError absent) {
      if (!HAS_WARNED.getAndSet(true)) {
        LOG.warnf(absent, "free inodes cannot be counted: too few are seen when they run out");
      }
      return Long.MAX_VALUE;
    }
  }
}
