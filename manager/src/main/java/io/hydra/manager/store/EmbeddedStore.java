package io.hydra.manager.store;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.jboss.logging.Logger;

/**
 * State in one file of this machine, for a manager that stands alone. Each commit is on the disk
 * (fsync) before it returns; readers see committed state only.
 */
public final class EmbeddedStore implements ChannelStore {
  private static final Logger LOG = Logger.getLogger(EmbeddedStore.class);
  private static final String ENTRIES = "hydra.entries";
  private static final String REVISION = "revision";

  /** Space of superseded values is gathered every so many commits: often enough to stay small. */
  private static final int COMMITS_BETWEEN_COMPACTIONS = 256;

  private static final int COMPACT_BELOW_PERCENT = 60;
  private static final int CATCH_UP_MILLIS = 5_000;
  private static final int COMPACT_BYTES = 4 * 1024 * 1024;

  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private final Watchers watchers = new Watchers();
  private final StoreFile file;
  private final Watermark watermark;
  private MVStore store;
  private MVMap<String, byte[]> entries;
  private MVMap<String, Long> meta;
  private int commitsSinceCompaction;

  /** Keys of commits that failed, so that nobody knows whether they happened. */
  private final Set<String> doubtful = new HashSet<>();

  private boolean broken;
  private boolean closed;

  private EmbeddedStore(StoreFile file) {
    this.file = file;
    store = file.open();
    watermark = Watermark.open(file.path());
    entries = store.openMap(ENTRIES);
    meta = StoreFile.meta(store);
    refuseLoss();
    LOG.infof("opened the store file=%s revision=%d", file.path(), revision());
  }

  /**
   * @throws HydraException {@code STORAGE_FAILED} where the file cannot be read or written, {@code
   *     UNAVAILABLE} while another manager has it
   */
  public static EmbeddedStore open(Path file) {
    return new EmbeddedStore(new StoreFile(file));
  }

  @Override
  public Optional<Entry> get(String key) {
    return reading(() -> Optional.ofNullable(entries.get(key)).map(stored -> entry(key, stored)));
  }

  @Override
  public List<Entry> list(String prefix) {
    var found = new ArrayList<Entry>();
    return reading(
        () -> {
          scan(prefix, (key, stored) -> found.add(entry(key, stored)));
          return found;
        });
  }

  @Override
  public List<String> keys(String prefix) {
    var found = new ArrayList<String>();
    return reading(
        () -> {
          scan(prefix, (key, stored) -> found.add(key));
          return found;
        });
  }

  @Override
  public Outcome commit(List<Operation> operations) {
    Limits.check(operations);
    var outcome = commitLocked(operations);
    if (outcome instanceof Outcome.Committed) {
      watchers.touched(operations.stream().map(Operation::key).toList());
    }
    return outcome;
  }

  @Override
  public Watch watch(String prefix, Consumer<Set<String>> listener) {
    return watchers.add(prefix, listener);
  }

  @Override
  public void catchUp() {
    watchers.awaitTold(CATCH_UP_MILLIS);
  }

  @Override
  public boolean isConnected() {
    return isSound() && !closed;
  }

  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      watchers.close();
      watermark.close();
      if (broken) {
        store.closeImmediately();
        return;
      }
      // Without the engine's compaction at the end: moving chunks within the file gains little
      // here,
      // delays a stop, and has failed the engine's own assertions after kills (2.4.240).
      store.close(0);
    } finally {
      lock.writeLock().unlock();
    }
  }

  private Outcome commitLocked(List<Operation> operations) {
    lock.writeLock().lock();
    try {
      requireUsable();
      for (var operation : operations) {
        if (!asExpected(operation)) {
          return new Outcome.Conflict(operation.key());
        }
      }
      return new Outcome.Committed(write(operations));
    } catch (MVStoreException | IllegalStateException e) {
      broken = true;
      operations.forEach(operation -> doubtful.add(operation.key()));
      watchers.later(this::mendIfBroken);
      throw unavailable(e);
    } finally {
      lock.writeLock().unlock();
    }
  }

  private boolean asExpected(Operation operation) {
    return switch (operation) {
      case Operation.Put put -> true;
      case Operation.PutIf(var key, var value, var expected) -> revisionOf(key) == expected;
      case Operation.DeleteIf(var key, var expected) -> revisionOf(key) == expected;
      case Operation.Check(var key, var expected) -> revisionOf(key) == expected;
    };
  }

  private long write(List<Operation> operations) {
    long revision = revision() + 1;
    meta.put(REVISION, revision);
    operations.forEach(operation -> apply(operation, revision));
    store.commit();
    store.sync();
    watermark.raise(revision);
    compactNowAndThen();
    return revision;
  }

  private void apply(Operation operation, long revision) {
    switch (operation) {
      case Operation.Put(var key, var value) -> entries.put(key, stored(value, revision));
      case Operation.PutIf(var key, var value, var expected) ->
          entries.put(key, stored(value, revision));
      case Operation.DeleteIf(var key, var expected) -> entries.remove(key);
      case Operation.Check check -> {
        // Looked at before; there is nothing to write.
      }
    }
  }

  private void compactNowAndThen() {
    commitsSinceCompaction++;
    if (commitsSinceCompaction >= COMMITS_BETWEEN_COMPACTIONS) {
      commitsSinceCompaction = 0;
      store.compact(COMPACT_BELOW_PERCENT, COMPACT_BYTES);
    }
  }

  /**
   * After a failed write (a full disk, say) memory and file may differ, so the file is read anew
   * before anything else happens. The engine also closes itself when a read fails.
   */
  private void requireUsable() {
    if (closed) {
      throw new HydraException(ErrorCode.UNAVAILABLE, "the store is closed");
    }
    if (isSound()) {
      return;
    }
    store.closeImmediately();
    store = file.open();
    entries = store.openMap(ENTRIES);
    meta = StoreFile.meta(store);
    refuseLoss();
    broken = false;
    LOG.warnf(
        "opened the store again after a failure file=%s revision=%d", file.path(), revision());
    tellEverything();
  }

  /**
   * The failed commit may be durable all the same, and then nobody was told: so everybody is told
   * everything, the keys that it may have deleted among it.
   */
  private void tellEverything() {
    var keys = new HashSet<>(doubtful);
    scan("", (key, stored) -> keys.add(key));
    watchers.touched(keys);
    doubtful.clear();
  }

  private void refuseLoss() {
    try {
      watermark.check(file.path(), revision());
    } catch (HydraException e) {
      store.closeImmediately();
      throw e;
    }
  }

  private <T> T reading(Supplier<T> read) {
    mendIfBroken();
    lock.readLock().lock();
    try {
      if (closed || !isSound()) {
        throw new HydraException(ErrorCode.UNAVAILABLE, "the store is closed");
      }
      return read.get();
    } catch (MVStoreException | IllegalStateException e) {
      throw unavailable(e);
    } finally {
      lock.readLock().unlock();
    }
  }

  private void mendIfBroken() {
    lock.readLock().lock();
    try {
      if (closed || isSound()) {
        return;
      }
    } finally {
      lock.readLock().unlock();
    }
    lock.writeLock().lock();
    try {
      requireUsable();
    } finally {
      lock.writeLock().unlock();
    }
  }

  private boolean isSound() {
    return !broken && !store.isClosed();
  }

  private void scan(String prefix, BiConsumer<String, byte[]> found) {
    var cursor = entries.cursor(prefix);
    while (cursor.hasNext()) {
      var key = cursor.next();
      if (!key.startsWith(prefix)) {
        return;
      }
      found.accept(key, cursor.getValue());
    }
  }

  private long revision() {
    var revision = meta.get(REVISION);
    return revision == null ? 0 : revision;
  }

  private long revisionOf(String key) {
    var stored = entries.get(key);
    return stored == null ? 0 : ByteBuffer.wrap(stored).getLong();
  }

  private static byte[] stored(byte[] value, long revision) {
    return ByteBuffer.allocate(Long.BYTES + value.length).putLong(revision).put(value).array();
  }

  private static Entry entry(String key, byte[] stored) {
    var buffer = ByteBuffer.wrap(stored);
    long revision = buffer.getLong();
    var value = new byte[buffer.remaining()];
    buffer.get(value);
    return new Entry(key, value, revision);
  }

  private HydraException unavailable(RuntimeException e) {
    LOG.errorf(e, "the store failed file=%s", file.path());
    return new HydraException(
        ErrorCode.UNAVAILABLE,
        "the store's file %s cannot be used: %s".formatted(file.path(), e.getMessage()),
        e);
  }
}
