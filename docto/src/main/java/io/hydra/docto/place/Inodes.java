package io.hydra.docto.place;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Room for files, of which a file system may have too little while it has bytes enough. What is
 * begun keeps its share from what begins later.
 */
public final class Inodes {
  private static final Logger LOG = Logger.getLogger(Inodes.class);

  private static final AtomicBoolean HAS_WARNED = new AtomicBoolean();

  private final LongSupplier free;

  /** Files and directories, those that are made by now included, by where they are made. */
  private final Map<Path, Integer> reserved = new HashMap<>();

  /**
   * @param directory on the file system
   */
  public Inodes(Path directory) {
    this(() -> free(directory));
  }

  /**
   * @param free as {@link Libc#freeInodes}
   */
  public Inodes(LongSupplier free) {
    this.free = free;
  }

  /**
   * Looks before the first byte is fetched, and keeps what it finds until {@link #release}.
   *
   * @param directory in which they are made, or most of them; of those that are there already none
   *     is needed again
   * @param files and directories, all in all
   * @throws IOException in the words of the system where so many find no room beside those that
   *     others are still to make
   */
  public synchronized void reserve(Path directory, int files) throws IOException {
    reserved.remove(directory);
    long others = reserved.values().stream().mapToLong(Integer::longValue).sum();
    if (lacks(files + others)) {
      // What is made by now was counted twice.
      requireWhatIsLeft(directory, files);
    }
    reserved.put(directory, files);
  }

  /** What was reserved for this directory, and is not made, is anybody's. */
  public synchronized void release(Path directory) {
    reserved.remove(directory);
  }

  private void requireWhatIsLeft(Path directory, int files) throws IOException {
    long needed = left(directory, files);
    long others = 0;
    for (var other : reserved.entrySet()) {
      others += left(other.getKey(), other.getValue());
    }
    // Asked after the others' files were counted: one made meanwhile is better counted twice.
    long available = free.getAsLong();
    if (available >= 0 && available < needed + others) {
      throw new IOException(
          ("No space left on device: %d files and directories are to be made, %d inodes are free,"
                  + " %d of them kept for other fetches")
              .formatted(needed, available, Math.min(available, others)));
    }
  }

  private boolean lacks(long files) {
    long available = free.getAsLong();
    return available >= 0 && available < files;
  }

  private static long left(Path directory, int files) throws IOException {
    return Math.max(0, files - Trees.count(directory));
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
