package io.hydra.manager.store;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jboss.logging.Logger;

/**
 * A revision that the store has reached for certain, in a file beside the store's. The engine opens
 * a file that was cut short with whatever older state it still finds; held against this mark, the
 * loss is seen.
 *
 * <p>It is written after a commit is durable and not forced to the disk itself: after a power cut
 * it may be older than the store, never newer.
 */
final class Watermark implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Watermark.class);

  private final Path path;
  private final FileChannel channel;
  private long revision;

  private Watermark(Path path, FileChannel channel, long revision) {
    this.path = path;
    this.channel = channel;
    this.revision = revision;
  }

  /**
   * @throws HydraException {@code STORAGE_FAILED} where the file cannot be used
   */
  static Watermark open(Path store) {
    var path = store.resolveSibling(store.getFileName() + ".revision");
    try {
      var text = Files.exists(path) ? Files.readString(path, US_ASCII).strip() : "";
      var channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      return new Watermark(path, channel, text.isEmpty() ? 0 : Long.parseLong(text));
    } catch (IOException | NumberFormatException e) {
      throw new HydraException(
          ErrorCode.STORAGE_FAILED, "the file %s cannot be used: %s".formatted(path, e), e);
    }
  }

  /**
   * @throws HydraException {@code STORAGE_FAILED} where the store is behind the mark
   */
  void check(Path store, long found) {
    if (found >= revision) {
      return;
    }
    throw new HydraException(
        ErrorCode.STORAGE_FAILED,
        "the store's file %s has lost its newest state: it is at revision %d and had reached %d; restore it, or, if this is an older copy that you want, remove %s"
            .formatted(store, found, revision, path));
  }

  /** A failure only makes the check weaker. */
  void raise(long reached) {
    revision = reached;
    // Always as long, so that it is overwritten in one piece and needs no new space.
    var text = "%019d\n".formatted(reached);
    try {
      int _ = channel.write(ByteBuffer.wrap(text.getBytes(US_ASCII)), 0);
    } catch (IOException e) {
      LOG.warnf(e, "cannot write file=%s", path);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.warnf(e, "cannot close file=%s", path);
    }
  }
}
