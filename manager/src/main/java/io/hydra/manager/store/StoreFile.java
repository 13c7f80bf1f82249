package io.hydra.manager.store;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The embedded store's file. A file that exists is either ours and readable or refused: never is
 * state silently begun anew in its place.
 */
final class StoreFile {
  private static final Logger LOG = Logger.getLogger(StoreFile.class);
  private static final String META = "hydra.meta";
  private static final String FORMAT = "format";
  private static final long FORMAT_VERSION = 1;
  private static final int CACHE_MIB = 2;

  private final Path path;

  StoreFile(Path path) {
    this.path = path.toAbsolutePath().normalize();
  }

  Path path() {
    return path;
  }

  /**
   * Opens the file and holds its lock until the store is closed; makes a new one where there is
   * none.
   *
   * @throws HydraException {@code STORAGE_FAILED} saying what to do; {@code UNAVAILABLE} while
   *     another manager has the file
   */
  MVStore open() {
    try {
      if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
        create();
      }
      if (Files.size(path) == 0) {
        throw failed("is empty, so its state was lost; restore it from a backup", null);
      }
    } catch (IOException e) {
      throw failed("cannot be opened: " + e, e);
    }
    return checked(openStore(path));
  }

  /** A half-made file must never look like an empty state, so it gets its name when it is whole. */
  private void create() throws IOException {
    var directory = path.getParent();
    if (directory != null) {
      Files.createDirectories(directory);
    }
    var young = path.resolveSibling(path.getFileName() + ".new");
    Files.deleteIfExists(young);
    var store = openStore(young);
    meta(store).put(FORMAT, FORMAT_VERSION);
    store.commit();
    store.sync();
    store.close();
    Files.move(young, path, StandardCopyOption.ATOMIC_MOVE);
    if (directory != null) {
      syncDirectory(directory);
    }
    LOG.infof("made a new store file=%s", path);
  }

  private MVStore checked(MVStore store) {
    var format = format(store);
    if (format == null) {
      store.closeImmediately();
      throw failed("is no store of Hydra's", null);
    }
    if (format != FORMAT_VERSION) {
      store.closeImmediately();
      throw failed("has format %d; this manager knows %d".formatted(format, FORMAT_VERSION), null);
    }
    return store;
  }

  private @Nullable Long format(MVStore store) {
    try {
      return meta(store).get(FORMAT);
    } catch (MVStoreException e) {
      store.closeImmediately();
      throw refusal(e);
    }
  }

  /** Small numbers that belong to the file itself. */
  static MVMap<String, Long> meta(MVStore store) {
    return store.openMap(META);
  }

  /** Nothing is written but by an explicit commit, so that no transaction is ever half in it. */
  private MVStore openStore(Path file) {
    try {
      return new MVStore.Builder()
          .fileName(file.toString())
          .autoCommitDisabled()
          .autoCommitBufferSize(0)
          // What is read often is in memory already.
          .cacheSize(CACHE_MIB)
          .open();
    } catch (MVStoreException e) {
      throw refusal(e);
    } catch (UncheckedIOException | IllegalArgumentException e) {
      throw failed("cannot be opened: " + e.getMessage(), e);
    }
  }

  private HydraException refusal(MVStoreException e) {
    return switch (e.getErrorCode()) {
      case DataUtils.ERROR_FILE_LOCKED ->
          new HydraException(
              ErrorCode.UNAVAILABLE,
              "the store's file %s is in use by another manager; stop that one, or set hydra.store.file"
                  .formatted(path),
              e);
      case DataUtils.ERROR_FILE_CORRUPT,
          DataUtils.ERROR_CHUNK_NOT_FOUND,
          DataUtils.ERROR_SERIALIZATION,
          DataUtils.ERROR_UNSUPPORTED_FORMAT ->
          failed("is damaged or no store of Hydra's; restore it from a backup", e);
      default -> failed("cannot be opened: " + e.getMessage(), e);
    };
  }

  private HydraException failed(String clause, @Nullable Throwable cause) {
    var detail = "the store's file %s %s".formatted(path, clause);
    return cause == null
        ? new HydraException(ErrorCode.STORAGE_FAILED, detail)
        : new HydraException(ErrorCode.STORAGE_FAILED, detail, cause);
  }

  private static void syncDirectory(Path directory) throws IOException {
    try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
