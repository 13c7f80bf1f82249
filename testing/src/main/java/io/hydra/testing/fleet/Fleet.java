package io.hydra.testing.fleet;

import io.hydra.model.Digest;
import io.hydra.testing.process.Await;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** All simulated agents. */
public final class Fleet implements AutoCloseable {
  private static final int AT_ONCE = 200;

  private final EventLoop loop = new EventLoop();
  private final InetSocketAddress manager;
  private final Landscape landscape;
  private final int mostConnections;
  private final List<Agent> agents = new ArrayList<>();
  private final List<HttpLine> shared = new ArrayList<>();
  private final Map<Digest, Telling> awaited = new ConcurrentHashMap<>();
  private final Semaphore starting = new Semaphore(AT_ONCE);
  private final AtomicInteger registered = new AtomicInteger();
  private final Set<Agent> heard = ConcurrentHashMap.newKeySet();
  private final AtomicLong lastHeard = new AtomicLong();
  private final AtomicLong lastOrder = new AtomicLong(System.nanoTime());
  private final Map<String, LongAdder> failures = new ConcurrentHashMap<>();
  private final Agent.Witness witness = new Eyes();

  /**
   * @param mostConnections that may be open at once, at least one an agent and one more; agents
   *     share connections for reports where there are not two for each
   */
  public Fleet(URI manager, Landscape landscape, int mostConnections) {
    this.manager = new InetSocketAddress(manager.getHost(), manager.getPort());
    this.landscape = landscape;
    this.mostConnections = mostConnections;
  }

  /** The loop's view of what agents see. */
  private final class Eyes implements Agent.Witness {
    @Override
    public Set<Digest> ordered(Role role, byte[] order) {
      long now = System.nanoTime();
      lastOrder.set(now);
      var named = new HashSet<Digest>();
      awaited.forEach(
          (digest, telling) -> {
            if (Json.names(order, digest) && telling.told(role, now)) {
              named.add(digest);
            }
          });
      return named;
    }

    @Override
    public void registered() {
      starting.release();
      registered.incrementAndGet();
    }

    @Override
    public void heard(Agent agent) {
      if (heard.add(agent)) {
        lastHeard.set(System.nanoTime());
      }
    }

    @Override
    public void failed(String what) {
      failures.computeIfAbsent(what, _ -> new LongAdder()).increment();
    }
  }

  /**
   * Starts more agents until there are so many and all are registered.
   *
   * @param total a multiple of {@link Landscape#GROUP}
   */
  public void grow(int total, Duration patience) throws InterruptedException {
    for (int group = agents.size() / Landscape.GROUP; group < total / Landscape.GROUP; group++) {
      for (var role : landscape.group(group)) {
        starting.acquire();
        var agent = new Agent(loop, role, new HttpLine(loop, manager), reports(total), witness);
        agents.add(agent);
        loop.execute(agent::start);
      }
    }
    Await.until("all agents are registered", patience, () -> registered.get() == agents.size());
  }

  /** A connection of its own as long as there are enough for all. */
  private HttpLine reports(int total) {
    int own = Math.max(1, mostConnections - total);
    if (shared.size() < own) {
      shared.add(new HttpLine(loop, manager));
      return shared.getLast();
    }
    return shared.get(agents.size() % shared.size());
  }

  /** Waits until no order has come for so long. */
  public void awaitQuiet(Duration quiet, Duration patience) {
    Await.until(
        "no orders come any more",
        patience,
        () -> System.nanoTime() - lastOrder.get() > quiet.toNanos());
  }

  /** How many connections the agents need for reports. */
  public int reportConnections() {
    return shared.size();
  }

  public int size() {
    return agents.size();
  }

  /** From now on, who is told of the content is noted. */
  public Telling await(Digest digest) {
    var telling = new Telling();
    awaited.put(digest, telling);
    return telling;
  }

  /** The opposite of {@link #await}. */
  public void forget(Digest digest) {
    awaited.remove(digest);
  }

  /** From now on it counts whose report the manager takes. */
  public void hearAnew() {
    heard.clear();
  }

  /** Whose report the manager has taken since {@link #hearAnew}. */
  public int heard() {
    return heard.size();
  }

  /** When the newest of them was taken for the first time, as {@link System#nanoTime}. */
  public long lastHeard() {
    return lastHeard.get();
  }

  /** What failed and how often, for people; emptied by this. */
  public Map<String, Long> takeFailures() {
    var taken = new ConcurrentHashMap<String, Long>();
    failures.forEach((what, count) -> taken.put(what, count.sum()));
    failures.clear();
    return taken;
  }

  @Override
  public void close() {
    loop.execute(() -> agents.forEach(Agent::end));
    loop.close();
  }
}
