package io.hydra.manager.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hydra.manager.reconcile.SimulatedInstance;
import io.hydra.model.ReleaseRef;
import io.hydra.testing.history.Call;
import io.hydra.testing.history.History;
import io.hydra.testing.process.ConsulServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients of a channel go on while something happens to one of three managers, or to two: what they
 * were told has to be linearizable. Meanwhile releases roll over instances one at a time, whoever
 * leads.
 *
 * <p>{@code -Dhydra.schedules=1000} has more of them; {@code -Dhydra.schedules.seed=N
 * -Dhydra.schedules=1} has the same operations and the same fault again as in the one that failed,
 * though not at the very same moments.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RandomSchedulesIT {
  private static final int MANAGERS = 3;
  private static final List<Fault> FAULTS = List.of(Fault.values());
  private static final int CLIENTS = 3;
  private static final int INSTANCES = 2;
  private static final int SCHEDULES = Integer.getInteger("hydra.schedules", 100);
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final SharedChannel ROLLED = new SharedChannel("rolled");

  private final long firstSeed =
      Long.getLong("hydra.schedules.seed", System.nanoTime() & 0xffff_ffffL);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private Optional<ConsulServer> consul = Optional.empty();
  private Optional<Managers> running = Optional.empty();
  private Path sources = Path.of("");

  @BeforeAll
  void start(@TempDir Path directory) throws IOException {
    var program = ConsulServer.program();
    Assumptions.assumeTrue(program.isPresent(), "no Consul can be had here");
    sources = Files.createDirectory(directory.resolve("sources"));
    var server = ConsulServer.start(program.orElseThrow(), directory.resolve("consul"));
    consul = Optional.of(server);
    running =
        Optional.of(
            Managers.start(
                directory,
                Collections.nCopies(MANAGERS, server),
                Map.of(
                    "hydra.store.consul.timeout", "1s",
                    "hydra.leader.lease", "1s",
                    "hydra.sources.file-roots", sources.toString())));
  }

  @AfterAll
  void stop() {
    running.ifPresent(Managers::close);
    consul.ifPresent(ConsulServer::close);
    threads.shutdownNow();
  }

  private Managers managers() {
    return running.orElseThrow();
  }

  private PatientClient patient() {
    return new PatientClient(managers(), sources);
  }

  @Test
  void givenAnyScheduleOfFaultsThenWhatClientsWereToldIsLinearizableAndRolloutsObeyOneLeader()
      throws Exception {
    System.err.printf("%d random schedules from seed %d%n", SCHEDULES, firstSeed);
    patient().create(ROLLED);
    try (var consumers = consumers()) {
      consumers.begin();
      var newest = patient().publish(ROLLED, "first");
      await().atMost(LONG).until(() -> consumers.all(on(newest)));
      for (int i = 0; i < SCHEDULES; i++) {
        run(firstSeed + i);
        assertThat(consumers.violation()).as("seed %d", firstSeed + i).isEmpty();
      }
      var last = patient().publish(ROLLED, "last");
      await().atMost(LONG).until(() -> consumers.all(on(last)));
      assertThat(consumers.violation()).isEmpty();
      assertThat(consumers.moves()).isGreaterThanOrEqualTo(2 * INSTANCES);
      assertThat(consumers.leadersHeard()).isGreaterThan(SCHEDULES / 10);
    }
  }

  private PlayedConsumers consumers() {
    return new PlayedConsumers(
        managers(), "prod/search/" + ROLLED.name(), INSTANCES, new Random(firstSeed));
  }

  private void run(long seed) throws Exception {
    // Of seeds in a row, Random alone makes much the same.
    var random = new Random(new SplittableRandom(seed).nextLong());
    var fault = FAULTS.get(random.nextInt(FAULTS.size()));
    int struck = random.nextInt(4) == 0 ? random.nextInt(MANAGERS) : managers().awaitLeader();
    var channel = new SharedChannel("s" + seed);
    patient().create(channel);
    var over = new AtomicBoolean();
    var clients = new ArrayList<Future<List<Call>>>();
    for (int i = 0; i < CLIENTS; i++) {
      var mine = new Random(random.nextLong());
      clients.add(
          threads.submit(
              new ChannelClient("client-" + i, managers(), channel, sources, mine, over::get)));
    }
    var rolled = threads.submit(() -> patient().publish(ROLLED, "rolled-" + seed));
    var second = secondFault(random, struck);
    try {
      fault.strike(managers(), struck, consul.orElseThrow(), random);
      second.get();
    } finally {
      over.set(true);
    }
    var calls = new ArrayList<Call>();
    for (var client : clients) {
      calls.addAll(client.get());
    }
    rolled.get();
    assertThat(new History(calls, patient().contents(channel)).violation())
        .as("seed %d, %s of manager %d; calls: %s", seed, fault, struck, calls)
        .isEmpty();
  }

  /** In one of four schedules: at the same time, to another manager. */
  private Future<?> secondFault(Random random, int struck) {
    var own = new Random(random.nextLong());
    if (random.nextInt(4) > 0) {
      return CompletableFuture.completedFuture(struck);
    }
    int other = (struck + 1 + random.nextInt(MANAGERS - 1)) % MANAGERS;
    var fault = Fault.OF_ONE.get(random.nextInt(Fault.OF_ONE.size()));
    return threads.submit(() -> fault.strike(managers(), other, consul.orElseThrow(), own));
  }

  private static Predicate<SimulatedInstance> on(ReleaseRef release) {
    return instance -> instance.isOn(release);
  }
}
