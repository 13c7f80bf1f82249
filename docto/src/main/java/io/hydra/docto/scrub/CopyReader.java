package io.hydra.docto.scrub;

import io.hydra.docto.actual.CommittedContent.CommittedFile;
import io.hydra.docto.fetch.DirectIo;
import io.hydra.docto.place.ContentDirectory;
import io.hydra.docto.place.MediumErrors;
import io.hydra.docto.verify.ChecksumProof;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.util.function.IntFunction;
import org.jboss.logging.Logger;

/**
 * Reads files to prove them, piece by piece. Past the page cache where that is asked for and the
 * file system can: then what is served stays in memory, and the bytes are those of the disk.
 */
final class CopyReader {
  /** Asked before each piece and told after it. */
  interface Leave {
    /** Waits until a piece may be read; false when the file is of no interest any more. */
    boolean mayRead() throws InterruptedException;

    void hasRead(long bytes) throws InterruptedException;

    /** The file was read to its end, or as far as it was of use. */
    void hasClosed(CommittedFile file) throws InterruptedException;
  }

  private static final Logger LOG = Logger.getLogger(CopyReader.class);

  /** Blocks of file systems, and so of reading past the page cache, are not larger. */
  private static final int ALIGNMENT = 64 * 1024;

  private static final int MOST = 4 * ALIGNMENT;

  private final int pieceBytes;
  private final IntFunction<ByteBuffer> memory;
  private final ByteBuffer buffer;
  private boolean pastPageCache;

  /**
   * @param bytesPerSecond a piece is not much more than is read in a second
   * @param memory gives so many bytes
   */
  CopyReader(long bytesPerSecond, IntFunction<ByteBuffer> memory) {
    this(ALIGNMENT * Math.clamp(bytesPerSecond / ALIGNMENT, 1, MOST / ALIGNMENT), memory, true);
  }

  private CopyReader(int pieceBytes, IntFunction<ByteBuffer> memory, boolean pastPageCache) {
    this.pieceBytes = pieceBytes;
    this.memory = memory;
    this.pastPageCache = pastPageCache;
    this.buffer =
        memory.apply(pieceBytes + ALIGNMENT - 1).alignedSlice(ALIGNMENT).slice(0, pieceBytes);
  }

  /** One that reads to another place in memory, since a bit of this one's may be stuck. */
  CopyReader elsewhere() {
    return new CopyReader(pieceBytes, memory, pastPageCache);
  }

  /**
   * Proves a file by its length and its checksum.
   *
   * @param medium of the disk, files are read past the page cache
   * @throws IOException where the file could not be read, and that says nothing of the file
   */
  Proof prove(ContentDirectory directory, CommittedFile file, Medium medium, Leave leave)
      throws IOException, InterruptedException {
    try {
      return read(directory, file, medium, leave);
    } catch (ClosedByInterruptException stopped) {
      throw interrupted();
    } catch (IOException failure) {
      var reason = MediumErrors.reason(failure).orElseThrow(() -> failure);
      return new Proof.Wrong("file '%s' %s".formatted(file.path(), reason));
    }
  }

  private Proof read(ContentDirectory directory, CommittedFile file, Medium medium, Leave leave)
      throws IOException, InterruptedException {
    if (medium == Medium.DISK && pastPageCache) {
      try (var in = directory.openForRead(file.path(), DirectIo.OPTION)) {
        return read(in, file, leave);
      } catch (IOException | UnsupportedOperationException failure) {
        if (!isRefusal(failure)) {
          throw failure;
        }
        pastPageCache = false;
        LOG.infof("scrubbing reads through the page cache, since past it: %s", failure);
      }
    }
    try (var in = directory.openForRead(file.path())) {
      return read(in, file, leave);
    }
  }

  private Proof read(FileChannel in, CommittedFile file, Leave leave)
      throws IOException, InterruptedException {
    long length = in.size();
    if (length != file.size()) {
      return new Proof.Wrong(
          "file '%s' has %d bytes, not %d".formatted(file.path(), length, file.size()));
    }
    var proof = new ChecksumProof(file.checksum());
    for (long at = 0; at < length; ) {
      if (!leave.mayRead()) {
        return new Proof.Abandoned();
      }
      int read = piece(in, at, length);
      proof.update(buffer);
      at += read;
      leave.hasRead(read);
    }
    return proof.holds()
        ? new Proof.Sound()
        : new Proof.Wrong("file '%s' is not what was committed".formatted(file.path()));
  }

  /** So that the next one begins at a block, which reading past the page cache demands. */
  private int piece(FileChannel in, long at, long length) throws IOException {
    int read = in.read(buffer.clear(), at);
    int usable = at + read < length ? read - read % ALIGNMENT : (int) (length - at);
    if (usable <= 0) {
      throw new IOException("a file became shorter while it was read");
    }
    buffer.rewind().limit(usable);
    return usable;
  }

  private static boolean isRefusal(Exception failure) {
    var message = String.valueOf(failure.getMessage());
    return failure instanceof UnsupportedOperationException
        || message.contains("Invalid argument")
        || message.contains("multiple of the block size");
  }

  private static InterruptedException interrupted() {
    // As blocking methods do that end so.
    Thread.interrupted();
    return new InterruptedException("stopped while reading");
  }
}
