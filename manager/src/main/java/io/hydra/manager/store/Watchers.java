package io.hydra.manager.store;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.manager.store.ChannelStore.Watch;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Tells listeners which keys were touched: one thread, so that calls come one after another. */
public final class Watchers implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Watchers.class);

  /** Until a listener that could not read the state is told again. */
  private static final Duration UNTIL_READABLE = Duration.ofMillis(500);

  /** Until a listener that could read the state and fails at a key is told that key again. */
  private static final Duration UNTIL_MENDED = Duration.ofSeconds(30);

  private final Duration pause;
  private volatile boolean closed;
  private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService teller =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("store-watch").daemon().factory());

  public Watchers() {
    this(UNTIL_MENDED);
  }

  /**
   * @param pause until a key that a listener cannot take is told again
   */
  Watchers(Duration pause) {
    this.pause = pause;
  }

  public Watch add(String prefix, Consumer<Set<String>> listener) {
    var watcher = new Watcher(prefix, listener);
    watchers.add(watcher);
    return () -> watchers.remove(watcher);
  }

  public void touched(Collection<String> keys) {
    for (var watcher : watchers) {
      if (watcher.note(keys)) {
        teller.execute(watcher::tell);
      }
    }
  }

  /** What is watched. */
  public List<String> prefixes() {
    return watchers.stream().map(watcher -> watcher.prefix).distinct().toList();
  }

  /** Does something between two calls to listeners; a failure is the work's own to report. */
  public void later(Runnable work) {
    teller.execute(
        () -> {
          try {
            work.run();
          } catch (RuntimeException e) {
            LOG.debug("work between two calls to listeners failed", e);
          }
        });
  }

  /**
   * Returns once every listener has taken what was touched before.
   *
   * @throws HydraException {@code UNAVAILABLE} where one could not, or not in time
   */
  public void awaitTold(long millis) {
    var told = new CountDownLatch(1);
    try {
      teller.execute(told::countDown);
      if (told.await(millis, TimeUnit.MILLISECONDS)
          && watchers.stream().noneMatch(Watcher::isBehind)) {
        return;
      }
    } catch (RejectedExecutionException e) {
      LOG.debug("the store is closed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new HydraException(
        ErrorCode.UNAVAILABLE, "this manager has not read the newest state yet");
  }

  /** Waits for no listener: one of them may be what closes the store. */
  @Override
  public void close() {
    closed = true;
    watchers.clear();
    teller.shutdownNow();
  }

  private void schedule(Runnable work, Duration delay) {
    try {
      var _ = teller.schedule(work, delay.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("the store was closed meanwhile", e);
    }
  }

  private static boolean isUnavailable(RuntimeException e) {
    return e instanceof HydraException refusal && refusal.code() == ErrorCode.UNAVAILABLE;
  }

  private final class Watcher {
    private final String prefix;
    private final Consumer<Set<String>> listener;
    private Set<String> pending = new TreeSet<>();
    private volatile boolean behind;

    Watcher(String prefix, Consumer<Set<String>> listener) {
      this.prefix = prefix;
      this.listener = listener;
    }

    /** Whether the listener has to be woken: no call that will tell these keys is under way. */
    synchronized boolean note(Collection<String> keys) {
      boolean idle = pending.isEmpty();
      keys.stream().filter(key -> key.startsWith(prefix)).forEach(pending::add);
      return idle && !pending.isEmpty();
    }

    /** Whether it could not take what it was told last. */
    boolean isBehind() {
      return behind;
    }

    void tell() {
      var keys = take();
      try {
        tellLater(give(List.copyOf(keys)));
        behind = false;
      } catch (RuntimeException e) {
        if (closed) {
          // It met the closed store, which is nobody's fault.
          return;
        }
        behind = true;
        tellAgain(keys);
      }
    }

    /**
     * Where the listener fails, by ever fewer keys: what it cannot take keeps no others from it.
     *
     * @return what it cannot take
     */
    private List<String> give(List<String> keys) {
      try {
        listener.accept(new TreeSet<>(keys));
        return List.of();
      } catch (RuntimeException e) {
        if (closed || isUnavailable(e)) {
          throw e;
        }
        if (keys.size() == 1) {
          LOG.errorf(
              e,
              "cannot take over what is stored now; tries again in %s key=%s",
              pause,
              keys.getFirst());
          return keys;
        }
        int half = keys.size() / 2;
        return Stream.of(keys.subList(0, half), keys.subList(half, keys.size()))
            .flatMap(some -> give(some).stream())
            .toList();
      }
    }

    private void tellLater(List<String> untaken) {
      if (!untaken.isEmpty()) {
        schedule(
            () -> {
              if (note(untaken)) {
                tell();
              }
            },
            pause);
      }
    }

    /** The keys stay pending meanwhile, with those that come; one call will tell them all. */
    private void tellAgain(Set<String> keys) {
      if (note(keys)) {
        schedule(this::tell, UNTIL_READABLE);
      }
    }

    private synchronized Set<String> take() {
      var taken = pending;
      pending = new TreeSet<>();
      return taken;
    }
  }
}
