package io.hydra.manager.store;

import io.hydra.manager.store.ChannelStore.Watch;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Tells listeners which keys were touched: one thread, so that calls come one after another. */
final class Watchers implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Watchers.class);

  private volatile boolean closed;
  private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
  private final ExecutorService teller =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("store-watch").daemon().factory());

  Watch add(String prefix, Consumer<Set<String>> listener) {
    var watcher = new Watcher(prefix, listener);
    watchers.add(watcher);
    return () -> watchers.remove(watcher);
  }

  void touched(Collection<String> keys) {
    for (var watcher : watchers) {
      if (watcher.note(keys)) {
        teller.execute(watcher::tell);
      }
    }
  }

  /** Does something between two calls to listeners; a failure is the work's own to report. */
  void later(Runnable work) {
    teller.execute(
        () -> {
          try {
            work.run();
          } catch (RuntimeException e) {
            LOG.debug("work between two calls to listeners failed", e);
          }
        });
  }

  /** Waits for no listener: one of them may be what closes the store. */
  @Override
  public void close() {
    closed = true;
    watchers.clear();
    teller.shutdownNow();
  }

  private final class Watcher {
    private final String prefix;
    private final Consumer<Set<String>> listener;
    private Set<String> pending = new TreeSet<>();

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

    void tell() {
      try {
        listener.accept(take());
      } catch (RuntimeException e) {
        if (closed) {
          // It met the closed store, which is nobody's fault.
          return;
        }
        LOG.errorf(e, "a listener of the store failed prefix=%s", prefix);
      }
    }

    private synchronized Set<String> take() {
      var taken = pending;
      pending = new TreeSet<>();
      return taken;
    }
  }
}
