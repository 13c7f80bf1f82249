package io.hydra.docto.http;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Connections that nobody uses at the moment. The newest is given out first. */
final class ConnectionPool {
  /**
   * @param each idle connections of one route
   * @param idle after which one is closed; servers do so after 5 s (Node.js, Go's default is none)
   *     to minutes
   * @param age after which one is not used again, so that changed addresses and certificates come
   *     into force
   */
  record Bounds(int each, Duration idle, Duration age) {}

  private record Idle(Connection connection, long since) {}

  private final Bounds bounds;
  private final ScheduledExecutorService timer;
  private final Map<Route, Deque<Idle>> idle = new HashMap<>();
  private boolean sweeping;
  private boolean closed;

  ConnectionPool(Bounds bounds, ScheduledExecutorService timer) {
    this.bounds = bounds;
    this.timer = timer;
  }

  /** One that is quiet; others are closed. */
  Optional<Connection> take(Route route) {
    for (var next = newest(route); next.isPresent(); next = newest(route)) {
      if (next.get().isQuiet()) {
        return next;
      }
      next.get().close();
    }
    return Optional.empty();
  }

  private synchronized Optional<Connection> newest(Route route) {
    var resting = idle.getOrDefault(route, new ArrayDeque<>());
    var newest = Optional.ofNullable(resting.pollFirst());
    if (resting.isEmpty()) {
      idle.remove(route);
    }
    return newest.map(Idle::connection);
  }

  /** Takes it, or closes it. */
  void give(Connection connection) {
    if (!connection.rest() || connection.age() > bounds.age().toNanos() || !keep(connection)) {
      connection.close();
    }
  }

  /** Closes all, now and from now on. */
  void close() {
    List<Idle> all = new ArrayList<>();
    synchronized (this) {
      closed = true;
      idle.values().forEach(all::addAll);
      idle.clear();
    }
    all.forEach(it -> it.connection().close());
  }

  private synchronized boolean keep(Connection connection) {
    var resting = idle.computeIfAbsent(connection.route(), _ -> new ArrayDeque<>());
    if (closed || resting.size() >= bounds.each()) {
      return false;
    }
    if (!sweeping) {
      sweeping = true;
      sweepLater();
    }
    resting.addFirst(new Idle(connection, System.nanoTime()));
    return true;
  }

  private void sweepLater() {
    var unused = timer.schedule(this::sweep, bounds.idle().toNanos(), TimeUnit.NANOSECONDS);
  }

  private void sweep() {
    old().forEach(it -> it.connection().close());
  }

  private synchronized List<Idle> old() {
    List<Idle> old = new ArrayList<>();
    long now = System.nanoTime();
    for (var resting : idle.values()) {
      while (!resting.isEmpty() && now - resting.getLast().since() >= bounds.idle().toNanos()) {
        old.add(resting.removeLast());
      }
    }
    idle.values().removeIf(Deque::isEmpty);
    sweeping = !idle.isEmpty();
    if (sweeping) {
      sweepLater();
    }
    return old;
  }
}
