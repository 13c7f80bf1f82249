package io.hydra.testing.bench;

import io.hydra.testing.fleet.Fleet;
import io.hydra.testing.fleet.KeyWatchers;
import io.hydra.testing.fleet.Landscape;
import io.hydra.testing.process.Await;
import io.hydra.testing.process.ConsulServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * One Consul server whose clients wait for keys by blocking queries, as scripts do that distribute
 * data without Hydra: as many connections wait for a key of their pool, and as many for one that
 * concerns all.
 */
final class ConsulPeer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String EVERYWHERE = "bench/everywhere";
  private static final String MANY_CONNECTIONS =
      """
      {"limits": {"http_max_conns_per_client": 18000}}
      """;

  private final AgentsRows rows;
  private final Path directory;
  private final List<Double> pool = new ArrayList<>();
  private final List<Double> all = new ArrayList<>();
  private Optional<ConsulServer> server = Optional.empty();
  private Optional<KeyWatchers> watchers = Optional.empty();
  private Duration before = Duration.ZERO;
  private long began;
  private int pools;
  private int values;

  ConsulPeer(AgentsRows rows, Path directory) {
    this.rows = rows;
    this.directory = directory;
  }

  /** Where it cannot be started, the rows say why. Without it, all else here does nothing. */
  void start(AgentsMeasures.Scale scale, int agents, long openFiles, Fleet fleet)
      throws InterruptedException {
    int nodes = Landscape.doctos(agents);
    try {
      long needed = fleet.size() + fleet.reportConnections() + 2L * nodes + 1000;
      if (needed > openFiles) {
        throw new IOException("%d files may be open, and it takes %d".formatted(openFiles, needed));
      }
      System.err.println("starting Consul, with twice as many connections as nodes that wait");
      var program =
          ConsulServer.program().orElseThrow(() -> new IOException("Consul cannot be had here"));
      var started = ConsulServer.start(program, directory, MANY_CONNECTIONS);
      server = Optional.of(started);
      var follow = new KeyWatchers(started.url());
      watchers = Optional.of(follow);
      follow(follow, nodes);
    } catch (IOException | RuntimeException failed) {
      rows.missingPeer(scale.withPeer(), String.valueOf(failed.getMessage()));
      System.err.println("without Consul: " + failed.getMessage());
      close();
    }
  }

  private void follow(KeyWatchers follow, int nodes) throws IOException, InterruptedException {
    pools = nodes / Landscape.DOCTOS;
    follow.put(EVERYWHERE, value());
    for (int i = 0; i < pools; i++) {
      follow.put(key(i), value());
    }
    follow.watch(EVERYWHERE, nodes);
    for (int i = 0; i < pools; i++) {
      follow.watch(key(i), Landscape.DOCTOS);
    }
    Await.until("all wait for a key", PATIENCE, () -> follow.watching() == 2L * nodes);
  }

  private static String key(int index) {
    return "bench/pool-" + index;
  }

  /** About as large as what a node is told of a release. */
  private String value() {
    return "%-500d".formatted(++values);
  }

  void toPool() throws IOException, InterruptedException {
    if (watchers.isPresent()) {
      int index = ThreadLocalRandom.current().nextInt(pools);
      pool.add(watchers.get().tell(key(index), value()));
    }
  }

  void everywhere() throws IOException, InterruptedException {
    if (watchers.isPresent()) {
      all.add(watchers.get().tell(EVERYWHERE, value()));
    }
  }

  void beginIdle() throws IOException {
    if (watchers.isPresent()) {
      before = use().processorTime();
      began = System.nanoTime();
    }
  }

  void endIdle(AgentsMeasures.Scale scale) throws IOException {
    if (watchers.isPresent()) {
      var spent = use().processorTime().minus(before);
      rows.putPeer(scale.idle(), spent.toMillis() * 1e9 / (System.nanoTime() - began));
      rows.putPeer(scale.resident(), use().memory().resident());
    }
  }

  /** Puts what was measured, and ends it. */
  void end(AgentsMeasures.Scale scale) {
    if (watchers.isEmpty()) {
      return;
    }
    try {
      if (!pool.isEmpty()) {
        rows.putPeer(scale.median(), new Series(pool).median());
        rows.putPeer(scale.worst(), new Series(pool).percentile(99));
      }
      if (!all.isEmpty()) {
        rows.putPeer(scale.everywhereMedian(), new Series(all).median());
        rows.putPeer(scale.everywhereWorst(), new Series(all).percentile(99));
      }
      rows.putPeer(scale.peak(), use().memory().peak());
    } catch (IOException gone) {
      rows.missingPeer(scale.withPeer(), String.valueOf(gone.getMessage()));
    }
    close();
  }

  private ProcessUse use() throws IOException {
    return new ProcessUse(
        server.flatMap(ConsulServer::pid).orElseThrow(() -> new IOException("Consul has ended")));
  }

  @Override
  public void close() {
    watchers.ifPresent(KeyWatchers::close);
    watchers = Optional.empty();
    server.ifPresent(ConsulServer::close);
    server = Optional.empty();
  }
}
