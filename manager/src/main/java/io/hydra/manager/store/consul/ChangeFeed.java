package io.hydra.manager.store.consul;

import io.hydra.error.HydraException;
import io.hydra.manager.store.ChannelStore.Watch;
import io.hydra.manager.store.Watchers;
import io.hydra.manager.store.consul.ConsulClient.Answer;
import io.hydra.manager.store.consul.ConsulStore.LogEntry;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * The one blocking query of a manager: follows the {@link ChangeLog} and tells whoever watches. It
 * remembers the keys that are watched, so that it can tell of those that went while it could not
 * follow.
 */
final class ChangeFeed implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(ChangeFeed.class);

  /** A restored Consul answers a query that waits only when its time is over. */
  private static final int WAIT_SECONDS = 10;

  /** Consul adds up to a sixteenth of its own accord. */
  private static final Duration LIMIT = Duration.ofSeconds(WAIT_SECONDS + WAIT_SECONDS / 16 + 10);

  private static final int SHORTEST_PAUSE_MILLIS = 100;
  private static final int LONGEST_PAUSE_MILLIS = 5_000;

  private final ConsulClient client;
  private final KeySpace space;
  private final Function<String, List<String>> keys;
  private final long patienceMillis;
  private final Watchers watchers = new Watchers();
  private final Set<String> known = ConcurrentHashMap.newKeySet();
  private final List<Runnable> restored = new CopyOnWriteArrayList<>();
  private final Thread follower;
  private LogEntry seen;
  private volatile boolean connected = true;
  private volatile boolean closed;

  /** Consul's, of what the follower has heard last; 0 where it has heard nothing. */
  private long index;

  /**
   * @param seen what was told already
   * @param keys lists those that begin so
   */
  ChangeFeed(
      ConsulClient client,
      KeySpace space,
      LogEntry seen,
      Function<String, List<String>> keys,
      long patienceMillis) {
    this.client = client;
    this.space = space;
    this.seen = seen;
    this.keys = keys;
    this.patienceMillis = patienceMillis;
    this.follower = Thread.ofVirtual().name("consul-watch").start(this::follow);
  }

  static LogEntry logIn(Answer answer, KeySpace space) {
    return space
        .single(answer.body())
        .map(entry -> new LogEntry(ChangeLog.read(entry.value()), entry.revision()))
        .orElseGet(() -> new LogEntry(ChangeLog.begin(), 0));
  }

  Watch watch(String prefix, Consumer<Set<String>> listener) {
    var watch = watchers.add(prefix, listener);
    known.addAll(keys.apply(prefix));
    return watch;
  }

  /** Calls back when the log is not what has come of the one that was told of before. */
  void onRestored(Runnable listener) {
    restored.add(listener);
  }

  boolean isConnected() {
    return connected;
  }

  /** Reads the log itself, since the query that waits may not have heard yet. */
  void catchUp() {
    note(logIn(read(), space));
    watchers.awaitTold(patienceMillis);
  }

  private Answer read() {
    try {
      return client.get(KeySpace.path(space.log()) + "?consistent");
    } catch (HydraException e) {
      // The query that waits may be on a connection that is dead, and learn of it much later.
      // It finds out when Consul is there again.
      if (connection(false, e.detail())) {
        follower.interrupt();
      }
      throw e;
    }
  }

  @Override
  public void close() {
    closed = true;
    follower.interrupt();
    watchers.close();
  }

  private void follow() {
    int pause = SHORTEST_PAUSE_MILLIS;
    while (!closed) {
      try {
        take(ask());
        pause = SHORTEST_PAUSE_MILLIS;
        connection(true, "");
      } catch (HydraException e) {
        connection(false, e.detail());
        pause(pause);
        index = 0;
        pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
      }
    }
  }

  /** Waits for news, but for the first answer after a failure: that one comes at once. */
  private Answer ask() {
    var path = KeySpace.path(space.log()) + "?wait=%ds&index=%d".formatted(WAIT_SECONDS, index);
    return index == 0 ? client.get(path) : client.get(path, LIMIT);
  }

  private void take(Answer answer) {
    note(logIn(answer, space));
    index = Math.max(1, answer.index());
  }

  /** Tells what the log has of news. */
  synchronized void note(LogEntry now) {
    if (now.equals(seen) || (now.isNone() && seen.isNone())) {
      return;
    }
    if (seen.isNone() || now.log().succeeds(seen.log())) {
      tellSince(now);
      return;
    }
    // Of two answers that came at a time the later one may be older. Not so of one that is asked
    // for now, while no other is noted.
    var newest = logIn(read(), space);
    if (newest.log().succeeds(seen.log())) {
      tellSince(newest);
      return;
    }
    LOG.warnf(
        "Consul was restored, or is another one: the log of changes is at %d and was at %d;"
            + " everything is read anew",
        newest.log().last(), seen.log().last());
    tellEverything();
    seen = newest;
    restored.forEach(Runnable::run);
  }

  private void tellSince(LogEntry now) {
    now.log().since(seen.log()).ifPresentOrElse(this::tell, this::tellEverything);
    seen = now;
  }

  private void tellEverything() {
    LOG.info("looks at all that is watched: the log of changes does not tell what is new");
    var all = new HashSet<>(known);
    watchers.prefixes().forEach(prefix -> all.addAll(keys.apply(prefix)));
    tell(all);
  }

  private void tell(Collection<String> touched) {
    for (var prefix : watchers.prefixes()) {
      touched.stream().filter(key -> key.startsWith(prefix)).forEach(known::add);
    }
    watchers.touched(touched);
  }

  /** Whether that is news. */
  private synchronized boolean connection(boolean now, String why) {
    if (now == connected || closed) {
      return false;
    }
    connected = now;
    if (now) {
      LOG.info("Consul answers again");
    } else {
      LOG.warnf("reads go on from memory, writes fail until Consul answers: %s", why);
    }
    return true;
  }

  private void pause(int millis) {
    try {
      Thread.sleep(millis / 2 + ThreadLocalRandom.current().nextInt(millis / 2 + 1));
    } catch (InterruptedException e) {
      LOG.debug("the store is closed, or asks anew at once", e);
    }
  }
}
