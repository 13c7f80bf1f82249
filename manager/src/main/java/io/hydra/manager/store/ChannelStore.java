package io.hydra.manager.store;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Durable state of the manager: keys with values, compare-and-set, several keys at once. Keys are
 * '/'-separated text of at most 500 bytes; a value holds at most {@link #MAX_VALUE_BYTES}. Every
 * implementation passes the same contract suite.
 */
@SuppressWarnings("ArrayRecordComponent") // values are opaque bytes; nobody compares entries
public interface ChannelStore extends AutoCloseable {
  /** Consul's limit for one value. */
  int MAX_VALUE_BYTES = 512 * 1024;

  /**
   * Operations that one transaction may hold, where a {@code DeleteIf} counts twice: what the
   * oldest Consul servers take (64), less the one by which watches learn of it.
   */
  int MAX_OPERATIONS = 63;

  /**
   * Bytes of keys and values that one transaction may hold: 512 KiB of JSON in Consul, base64
   * included.
   */
  int MAX_TRANSACTION_BYTES = 350 * 1024;

  /** Keys that change every second begin so. */
  String LEASES = "lease/";

  /**
   * No watch needs to tell of keys that begin so: of leases, and of what a channel's document names
   * and is written before it or with it.
   */
  List<String> UNWATCHED = List.of(LEASES, "manifests/", "releases/");

  /**
   * A key's value and the revision of the commit that last wrote it. Revisions are positive and
   * grow with each commit, also where it writes the value that is there.
   */
  record Entry(String key, byte[] value, long revision) {}

  /**
   * One part of a transaction. {@code expected} is a revision, or 0 for "the key does not exist".
   */
  sealed interface Operation {
    String key();

    /** Writes whatever was there before. Only for values that never differ under one key. */
    record Put(String key, byte[] value) implements Operation {}

    record PutIf(String key, byte[] value, long expected) implements Operation {}

    record DeleteIf(String key, long expected) implements Operation {}

    /** Writes nothing; the transaction fails unless the key is at this revision. */
    record Check(String key, long expected) implements Operation {}
  }

  /** What became of a transaction. */
  sealed interface Outcome {
    /** All of it is durable. */
    record Committed(long revision) implements Outcome {}

    /** Nothing was written, because {@code key} was not as expected. */
    record Conflict(String key) implements Outcome {}
  }

  Optional<Entry> get(String key);

  /**
   * Those that are there, by key; in few calls to where they lie, so not as of one revision where
   * they are many.
   */
  default Map<String, Entry> get(Collection<String> keys) {
    return keys.stream()
        .distinct()
        .flatMap(key -> get(key).stream())
        .collect(Collectors.toMap(Entry::key, Function.identity()));
  }

  /** All entries whose keys begin with the prefix, ordered by key, as of one revision. */
  List<Entry> list(String prefix);

  /** The keys alone that begin with the prefix, ordered, as of one revision. */
  List<String> keys(String prefix);

  /**
   * Applies all operations or none. When this returns {@code Committed}, a crash loses nothing of
   * it.
   *
   * @throws io.hydra.error.HydraException {@code INVALID_REQUEST} over the limits, {@code
   *     UNAVAILABLE} when the state cannot be reached; then it is unknown whether the transaction
   *     happened
   */
  Outcome commit(List<Operation> operations);

  /**
   * Tells the listener the keys under the prefix that commits have touched, whoever made them;
   * several commits may be told at once, and a key may be told without a change. What a key holds
   * now is the listener's to read; one that cannot, as it meets {@code UNAVAILABLE}, is told again
   * later. Of several keys at which it fails otherwise, each is told alone, and those that it
   * cannot take again from time to time. Calls come one after another, never with a lock held.
   */
  Watch watch(String prefix, Consumer<Set<String>> listener);

  /**
   * Returns once every watch was told all that was committed before the call, and every listener
   * has taken it. Not for listeners to call.
   *
   * @throws io.hydra.error.HydraException {@code UNAVAILABLE} when that cannot be known
   */
  void catchUp();

  /**
   * Calls back when the state turns out to have another past than before: it was restored from an
   * older copy, or is another one. Every watch is told everything then; revisions may begin again,
   * so that those from before say nothing. Where a store refuses such a state, nobody is called.
   */
  default void onRestored(Runnable listener) {}

  /**
   * The same state, of which a call that takes longer is {@code UNAVAILABLE}, where calls may take
   * long. To close either is to close both.
   */
  default ChannelStore within(Duration limit) {
    return this;
  }

  /** Whether the state could be reached when it was last tried. */
  boolean isConnected();

  @Override
  void close();

  /** A running watch. */
  interface Watch extends AutoCloseable {
    @Override
    void close();
  }
}
