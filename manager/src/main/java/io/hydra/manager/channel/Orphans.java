package io.hydra.manager.channel;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToLongFunction;

/** What lies in the store and nothing refers to, and since when it has been so, unchanged. */
final class Orphans<K> {
  /**
   * Whoever writes something before what refers to it, a publish or an import, takes seconds from
   * one to the other.
   */
  static final Duration GRACE = Duration.ofHours(1);

  private final Map<K, Orphan> known = new HashMap<>();

  /**
   * @param revision that it had when it was seen
   */
  private record Orphan(long revision, Instant since) {}

  /**
   * Those of which the grace is over, with their revisions.
   *
   * @param all that are orphans now
   */
  Map<K, Long> overdue(Instant now, Collection<K> all, ToLongFunction<K> revision) {
    known.keySet().retainAll(all);
    var overdue = new HashMap<K, Long>();
    for (var key : all) {
      var orphan = seen(key, new Orphan(revision.applyAsLong(key), now));
      if (!orphan.since().plus(GRACE).isAfter(now)) {
        overdue.put(key, orphan.revision());
      }
    }
    return overdue;
  }

  /** It is gone. */
  void forget(K key) {
    known.remove(key);
  }

  private Orphan seen(K key, Orphan now) {
    return known.merge(
        key, now, (before, seen) -> before.revision() == seen.revision() ? before : seen);
  }
}
