package io.hydra.docto.place;

import java.nio.file.Path;
import org.jboss.logging.Logger;

/**
 * Blocks of a file before its bytes are written. A write past the page cache that needs new ones
 * has the file for itself until it is done; with them, several go to the disk at once.
 */
public final class Preallocation {
  private static final Logger LOG = Logger.getLogger(Preallocation.class);

  private Preallocation() {}

  /**
   * Finds blocks where that is possible; where it is not, writing will find them, or say why it
   * cannot.
   *
   * @param file that is there; it may become longer by this
   * @param at of the first byte
   * @param length in bytes, at least 1
   */
  public static void of(Path file, long at, long length) {
    try {
      int result = Libc.takes(file) ? allocate(file.toString(), at, length) : 0;
      if (result < 0) {
        LOG.debugf("'%s' is not preallocated: error %d", file, -result);
      }
    } catch (RuntimeException | LinkageError absent) {
      LOG.debugf("'%s' is not preallocated: %s", file, absent);
    }
  }

  /** Returns 0, or -errno. */
  private static int allocate(String file, long at, long length) {
    int descriptor = Libc.open(file, Libc.O_WRONLY);
    if (descriptor < 0) {
      return descriptor;
    }
    try {
      return Libc.fallocate(descriptor, at, length);
    } finally {
      var unused = Libc.close(descriptor);
    }
  }
}
