package io.hydra.docto.fetch;

import io.hydra.docto.verify.FileVerifier;
import io.hydra.model.ManifestFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Writing past the page cache, so that what comes does not push out what is being served.
 *
 * @param block bytes that positions and lengths in files have to be multiples of
 */
public record DirectIo(int block) {
  private static final Logger LOG = Logger.getLogger(DirectIo.class);

  /** How a file is opened for it. */
  public static final OpenOption OPTION = option();

  /**
   * Of the largest pages that kernels are built with: a page must not be written past the page
   * cache by one part and through it by another.
   */
  private static final int LEAST_BLOCK = PartBuffer.ALIGNMENT;

  /** Below, the system calls cost more than the page cache. */
  private static final long LEAST_FILE_BYTES = 1 << 20;

  /**
   * Tries it with one block, as file systems refuse it in ways of their own: when a file is opened,
   * when it is written to, or not at all.
   *
   * @param file on the file system in question; it is made and removed
   */
  static Optional<DirectIo> probe(Path file) {
    try {
      int block = blockSize(file.resolveSibling("."));
      if (PartBuffer.ALIGNMENT % block != 0) {
        throw new IOException("its blocks of %d bytes are too large".formatted(block));
      }
      writeOne(block, file);
      return Optional.of(new DirectIo(block));
    } catch (IOException | UnsupportedOperationException refused) {
      LOG.debugf("what lies beside '%s' goes through the page cache: %s", file, refused);
      deleteIfExists(file);
      return Optional.empty();
    }
  }

  /** By its name: the JDK supports it, but the compiler has a warning that cannot be turned off. */
  private static OpenOption option() {
    try {
      return (OpenOption)
          Class.forName("com.sun.nio.file.ExtendedOpenOption").getField("DIRECT").get(null);
    } catch (ReflectiveOperationException absent) {
      throw new IllegalStateException("every JDK has ExtendedOpenOption.DIRECT", absent);
    }
  }

  private static void writeOne(int block, Path file) throws IOException {
    try (var channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE,
            OPTION)) {
      channel.write(ByteBuffer.allocateDirect(2 * block).alignedSlice(block).limit(block));
    }
  }

  private static int blockSize(Path there) throws IOException {
    return Math.toIntExact(Math.max(LEAST_BLOCK, Files.getFileStore(there).getBlockSize()));
  }

  private static void deleteIfExists(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException inTheWay) {
      // It goes with its directory.
    }
  }

  /** Whether it is possible for some file, and worth while. */
  static boolean suits(ManifestFile file) {
    // What is read again to be proven would come into the page cache all the same.
    return file.size() >= LEAST_FILE_BYTES && FileVerifier.provesByParts(file);
  }

  /** Whether no block, and so no page, of the part is shared with another one. */
  boolean suits(Part part, ManifestFile file) {
    long end = part.offset() + part.length();
    return suits(file) && part.offset() % block == 0 && (end % block == 0 || end == file.size());
  }

  /**
   * How many of so many bytes can be written so. The rest is the end of a file, or of what came
   * before a connection broke; all of it is where an earlier write ended there.
   *
   * @param at position of the first in the file
   */
  int blocksOf(int bytes, long at) {
    return at % block == 0 ? bytes - bytes % block : 0;
  }
}
