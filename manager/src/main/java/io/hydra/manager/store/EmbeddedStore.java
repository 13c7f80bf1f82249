package io.hydra.manager.store;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/**
 * State in one file, for a single manager. Each transaction is written and synced before it is
 * acknowledged, so that neither a killed process nor a power cut loses it. The file is locked while
 * open.
 */
public final class EmbeddedStore implements ChannelStore {
  /**
   * Holds the revision of the last commit; outside the space of callers' keys, which never begin
   * so.
   */
  private static final String REVISION_KEY = "\0revision";

  private final Path file;
  private final MVStore store;
  private final MVMap<String, byte[]> entries;
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private long revision;

  private record Listener(String prefix, Runnable action) {}

  private EmbeddedStore(Path file, MVStore store) {
    this.file = file;
    this.store = store;
    this.entries = store.openMap("state");
    var last = entries.get(REVISION_KEY);
    this.revision = last == null ? 0 : ByteBuffer.wrap(last).getLong();
  }

  /**
   * Opens the file, or makes it where there is none.
   *
   * @throws HydraException {@code STORAGE_FAILED} naming the file, when it is locked, damaged or
   *     cannot be written
   */
  public static EmbeddedStore open(Path file) {
    try {
      var parent = file.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      var store = new MVStore.Builder().fileName(file.toString()).autoCommitDisabled().open();
      // Space of old chunks is used again only when no reader can need them; nothing here reads old
      // versions.
      store.setVersionsToKeep(0);
      return new EmbeddedStore(file, store);
    } catch (IOException | MVStoreException e) {
      throw new HydraException(ErrorCode.STORAGE_FAILED, explain(file, e), e);
    }
  }

  private static String explain(Path file, Exception cause) {
    if (cause instanceof MVStoreException e
        && e.getErrorCode() == org.h2.mvstore.DataUtils.ERROR_FILE_LOCKED) {
      return "the state file %s is in use by another manager".formatted(file);
    }
    if (cause instanceof MVStoreException e
        && e.getErrorCode() == org.h2.mvstore.DataUtils.ERROR_FILE_CORRUPT) {
      return "the state file %s is damaged; restore it from a backup, or move it away to begin anew"
          .formatted(file);
    }
    return "the state file %s cannot be opened: %s".formatted(file, cause.getMessage());
  }

  @Override
  public synchronized Optional<Entry> get(String key) {
    var stored = entries.get(key);
    return stored == null ? Optional.empty() : Optional.of(decode(key, stored));
  }

  @Override
  public synchronized List<Entry> list(String prefix) {
    var found = new ArrayList<Entry>();
    var cursor = entries.cursor(prefix);
    while (cursor.hasNext()) {
      var key = cursor.next();
      if (!key.startsWith(prefix)) {
        break;
      }
      if (!key.equals(REVISION_KEY)) {
        found.add(decode(key, cursor.getValue()));
      }
    }
    return found;
  }

  @Override
  public Outcome commit(List<Operation> operations) {
    TransactionLimits.check(operations);
    var outcome = write(operations);
    if (outcome instanceof Outcome.Committed) {
      tell(operations);
    }
    return outcome;
  }

  private synchronized Outcome write(List<Operation> operations) {
    for (var operation : operations) {
      if (!holds(operation)) {
        return new Outcome.Conflict(operation.key());
      }
    }
    long next = revision + 1;
    try {
      operations.forEach(operation -> apply(operation, next));
      entries.put(REVISION_KEY, ByteBuffer.allocate(Long.BYTES).putLong(next).array());
      store.commit();
      store.sync();
    } catch (MVStoreException e) {
      undo(e);
      throw new HydraException(
          ErrorCode.UNAVAILABLE,
          "the state file %s cannot be written: %s".formatted(file, e.getMessage()),
          e);
    }
    revision = next;
    return new Outcome.Committed(next);
  }

  private void undo(MVStoreException cause) {
    try {
      store.rollback();
    } catch (MVStoreException closed) {
      cause.addSuppressed(closed);
    }
  }

  private boolean holds(Operation operation) {
    return switch (operation) {
      case Operation.Put _ -> true;
      case Operation.PutIf(String key, byte[] _, long expected) -> revisionOf(key) == expected;
      case Operation.DeleteIf(String key, long expected) -> revisionOf(key) == expected;
      case Operation.Check(String key, long expected) -> revisionOf(key) == expected;
    };
  }

  private long revisionOf(String key) {
    var stored = entries.get(key);
    return stored == null ? 0 : ByteBuffer.wrap(stored).getLong();
  }

  private void apply(Operation operation, long next) {
    switch (operation) {
      case Operation.Put(String key, byte[] value) -> entries.put(key, encode(value, next));
      case Operation.PutIf(String key, byte[] value, long _) ->
          entries.put(key, encode(value, next));
      case Operation.DeleteIf(String key, long _) -> entries.remove(key);
      case Operation.Check _ -> {}
    }
  }

  private static byte[] encode(byte[] value, long revision) {
    return ByteBuffer.allocate(Long.BYTES + value.length).putLong(revision).put(value).array();
  }

  private static Entry decode(String key, byte[] stored) {
    var buffer = ByteBuffer.wrap(stored);
    long revision = buffer.getLong();
    var value = new byte[buffer.remaining()];
    buffer.get(value);
    return new Entry(key, value, revision);
  }

  @Override
  public Watch watch(String prefix, Runnable action) {
    var listener = new Listener(prefix, action);
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  private void tell(List<Operation> operations) {
    for (var listener : listeners) {
      if (operations.stream()
          .anyMatch(
              o -> !(o instanceof Operation.Check) && o.key().startsWith(listener.prefix()))) {
        listener.action().run();
      }
    }
  }

  @Override
  public synchronized void close() {
    if (!store.isClosed()) {
      store.close();
    }
  }
}
