package io.hydra.manager.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hydra.api.ChannelsApi;
import io.hydra.testing.history.Call;
import io.hydra.testing.history.History;
import io.hydra.testing.process.ConsulServer;
import io.hydra.testing.process.Ports;
import io.hydra.wire.EventType;
import io.hydra.wire.HydraJson;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Three managers on one Consul; the one that leads is stopped, killed and paused. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LeadershipIT {
  private static final int MANAGERS = 3;
  private static final int STOPS = 5;
  private static final int KILLS = 5;
  private static final String CHANNEL = "/api/v1/channels/prod/search/searcher";
  private static final String HISTORY = "/api/v1/channels/prod/search/history";

  private static final String REPORT =
      "{\"epoch\": %d, \"settled\": true, \"disk\": {\"total\": 2, \"free\": 1}, \"datasets\": []}";

  /** What is promised. The median is held to it, as the machine may be busy for a moment. */
  private static final Duration HAND_OVER = Duration.ofSeconds(1);

  /** As for {@link #HAND_OVER}. */
  private static final Duration TAKE_OVER = Duration.ofSeconds(8);

  private static final Duration LONG = Duration.ofSeconds(60);

  private final ObjectMapper json = HydraJson.mapper();
  private final AtomicInteger number = new AtomicInteger();
  private final List<Integer> ports =
      IntStream.range(0, MANAGERS).mapToObj(_ -> Ports.free()).toList();
  private final List<ManagerProcess> managers = new ArrayList<>();
  private Optional<ConsulServer> consul = Optional.empty();
  private Path directory = Path.of("");
  private Path sources = Path.of("");

  @BeforeAll
  void startConsul(@TempDir Path temporary) throws IOException {
    var program = ConsulServer.program();
    Assumptions.assumeTrue(program.isPresent(), "no Consul can be had here");
    directory = temporary;
    sources = Files.createDirectory(directory.resolve("sources"));
    consul = Optional.of(ConsulServer.start(program.orElseThrow(), directory.resolve("consul")));
    IntStream.range(0, MANAGERS).forEach(i -> managers.add(start(i)));
  }

  @AfterAll
  void stopAll() {
    managers.forEach(ManagerProcess::close);
    consul.ifPresent(ConsulServer::close);
  }

  private ManagerProcess start(int i) {
    return ManagerProcess.start(
        directory,
        Map.of(
            "quarkus.http.port", ports.get(i).toString(),
            "hydra.store.type", "consul",
            "hydra.store.consul.url", consul.orElseThrow().url().toString(),
            "hydra.leader.grace", "1s",
            "hydra.sources.file-roots", sources.toString()));
  }

  @BeforeEach
  void allAreThereAndOneLeads() throws Exception {
    for (int i = 0; i < MANAGERS; i++) {
      if (!managers.get(i).isAlive()) {
        managers.set(i, start(i));
      }
    }
    awaitLeader();
    create(managers.getFirst(), CHANNEL);
  }

  private static void create(ManagerProcess manager, String channel) throws Exception {
    var answer = manager.send("PUT", channel, "{\"retainReleases\": 1000}", Map.of());
    assertThat(answer.statusCode()).isBetween(200, 201);
  }

  @Test
  void givenAFollowerThenItAnswersChannelsItselfAndSendsOnAllElse() throws Exception {
    var follower = follower();

    var published = publish(follower);

    for (var manager : managers) {
      assertThat(
              manager
                  .get(CHANNEL + "/releases/" + published.at("/release/version").asText())
                  .statusCode())
          .isEqualTo(200);
    }
    assertThat(follower.get(CHANNEL + "/status").statusCode()).isEqualTo(200);
    assertThat(follower.get(CHANNEL + "/status").body()).contains("rollout");
    var refused = follower.send("POST", CHANNEL + "/pin", "{\"version\": \"none\"}", Map.of());
    assertThat(refused.statusCode()).as(refused.body()).isBetween(400, 499);
  }

  @Test
  void givenTheLeaderStopsThenAnotherLeadsAtOnce() throws Exception {
    var times = new ArrayList<Duration>();
    for (int stop = 0; stop < STOPS; stop++) {
      var leader = awaitLeader();
      long begun = System.nanoTime();
      leader.terminate();
      awaitLeaderOtherThan(leader);
      times.add(Duration.ofNanos(System.nanoTime() - begun));
      assertThat(leader.stop(LONG)).isTrue();
      int which = managers.indexOf(leader);
      managers.set(which, start(which));
    }
    assertThat(median(times)).as("%s", times).isLessThan(HAND_OVER);
    publish(awaitLeader());
  }

  /** What agents send is answered on event loops, which may wait for nobody, least for Consul. */
  @Test
  void givenManyAgentsThatReportThenTheyAreHeardAsSoonAsAnotherLeads() throws Exception {
    register(awaitLeader());
    for (int stop = 0; stop < STOPS; stop++) {
      var leader = awaitLeader();
      var others = managers.stream().filter(manager -> manager != leader).toList();
      try (var crowd = new Crowd(others)) {
        leader.terminate();
        awaitLeaderOtherThan(leader);
        long led = System.nanoTime();
        int before = crowd.heard.get();
        await().atMost(LONG).until(() -> crowd.heard.get() > before + 100);
        assertThat(Duration.ofNanos(System.nanoTime() - led)).isLessThan(Duration.ofSeconds(5));
        assertThat(leaderOtherThan(leader)).isPresent();
      }
      assertThat(leader.stop(LONG)).isTrue();
      int which = managers.indexOf(leader);
      managers.set(which, start(which));
    }
  }

  /** As after a Consul that was restored from an older copy: each agent is ahead at once. */
  @Test
  void givenManyAgentsThatAreAheadThenTheLeaderBecomesNewerAndAnswersAllTheWhile()
      throws Exception {
    var leader = awaitLeader();
    register(leader);
    long ahead = epochToldBy(leader) + (5L << 32);
    var report = REPORT.formatted(ahead);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers =
          IntStream.range(0, 50)
              .mapToObj(_ -> threads.submit(() -> report(leader, report)))
              .toList();
      for (var answer : answers) {
        assertThat(answer.get(5, TimeUnit.SECONDS)).isEqualTo(204);
      }
    }
    assertThat(leads(leader)).isTrue();
    await().atMost(LONG).until(() -> epochToldBy(leader) > ahead);
  }

  private static int report(ManagerProcess manager, String report)
      throws IOException, InterruptedException {
    return manager.send("POST", "/api/v1/nodes/n1/report", report, Map.of()).statusCode();
  }

  /** Reports without a pause to all of some managers. */
  private static final class Crowd implements AutoCloseable {
    private final AtomicInteger heard = new AtomicInteger();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean ended;

    Crowd(List<ManagerProcess> managers) {
      for (int i = 0; i < 20; i++) {
        var manager = managers.get(i % managers.size());
        threads.add(Thread.startVirtualThread(() -> reportTo(manager)));
      }
    }

    private void reportTo(ManagerProcess manager) {
      while (!ended) {
        try {
          if (report(manager, REPORT.formatted(0)) == 204) {
            heard.incrementAndGet();
          }
        } catch (IOException nobodyThere) {
          // It comes to another one.
        } catch (InterruptedException e) {
          return;
        }
      }
    }

    @Override
    public void close() throws InterruptedException {
      ended = true;
      for (var thread : threads) {
        thread.join();
      }
    }
  }

  @Test
  void givenAWatcherOfAFollowerThenItIsToldAndTheNextLeaderTellsOfTheGap() throws Exception {
    var leader = awaitLeader();
    var follower = managers.stream().filter(manager -> manager != leader).findFirst().orElseThrow();
    String last;
    try (var stream = EventStream.open(follower.address())) {
      stream.await(EventType.RESET);
      publish(leader);
      last = stream.await(EventType.RELEASE_PUBLISHED).id();
      leader.terminate();
      assertThat(stream.awaitCleanEnd()).isTrue();
    }
    awaitLeaderOtherThan(leader);
    assertThat(leader.stop(LONG)).isTrue();

    try (var again = EventStream.resume(awaitLeader().address(), last)) {
      assertThat(again.await(EventType.RESET).message()).contains("not known any more");
      publish(awaitLeader());
      again.await(EventType.RELEASE_PUBLISHED);
    }
  }

  private static Duration median(List<Duration> times) {
    return times.stream().sorted().toList().get(times.size() / 2);
  }

  @Test
  void givenTheLeaderIsPausedThenItGivesNoOrdersAfterwardsAndSendsOnToTheNewOne() throws Exception {
    var old = leader().orElseThrow();
    register(old);
    await().atMost(LONG).until(() -> epochToldBy(old) > 0);

    var file = newSource();
    var publishing = new FutureTask<>(() -> tryToPublish(old, CHANNEL, file));
    old.pause();
    try {
      Thread.ofVirtual().start(publishing);
      awaitLeaderOtherThan(old);
    } finally {
      old.goOn();
    }
    // It may have begun to publish as if it led, or have sent that on.
    boolean published = publishing.get().statusCode() == 201;
    var now = leaderOtherThan(old).orElseThrow();
    await().atMost(LONG).until(() -> epochToldBy(now) > 0);
    long newest = epochToldBy(now);

    for (int i = 0; i < 50; i++) {
      long told = epochToldBy(old);
      assertThat(told == 0 || told >= newest)
          .as("epoch %d told, %d is newer", told, newest)
          .isTrue();
    }
    await().atMost(LONG).until(() -> epochToldBy(old) >= newest);
    publish(old);
    if (published) {
      // One that was not answered so may be there all the same.
      assertThat(releases(now, CHANNEL)).contains("file://" + file);
    }
  }

  @Test
  void givenConsulIsGoneForLongThenReadsGoOnAndAllElseLater() throws Exception {
    var leader = leader().orElseThrow();
    var version = publish(leader).at("/release/version").asText();
    long epoch = info(leader).at("/epoch").asLong();
    var release = CHANNEL + "/releases/" + version;
    register(leader);
    await().atMost(LONG).until(() -> epochToldBy(leader) > 0);
    long ordered = epochToldBy(leader);
    // Followers hear of it a little later.
    for (var manager : managers) {
      await().atMost(LONG).until(() -> manager.get(release).statusCode() == 200);
    }
    consul.orElseThrow().kill();
    try {
      for (var manager : managers) {
        var read = manager.get(CHANNEL);
        assertThat(read.statusCode()).isEqualTo(200);
        assertThat(read.headers().firstValue(ChannelsApi.STALE)).contains("true");
        assertThat(manager.get(release).statusCode()).isEqualTo(200);
        assertThat(manager.get("/q/health/ready").statusCode()).isEqualTo(200);
      }
      var history = leader.get(CHANNEL + "/history");
      assertThat(history.statusCode()).isEqualTo(200);
      assertThat(history.headers().firstValue(ChannelsApi.STALE)).contains("true");
      var refused = tryToPublish(leader);
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.headers().firstValue("Retry-After")).isPresent();
      assertThat(refused.body()).contains("UNAVAILABLE", "Consul");
      // Longer than a leader is proven: agents are told nothing, and keep what they have.
      await()
          .atMost(LONG)
          .until(() -> leader.get("/api/v1/nodes/n1/desired?since=0&wait=0s").statusCode() == 503);
    } finally {
      consul.orElseThrow().startAgain();
    }
    await()
        .atMost(LONG)
        .untilAsserted(
            () -> {
              var answer = tryToPublish(leader);
              assertThat(answer.statusCode()).as(answer.body() + leader.log()).isEqualTo(201);
            });
    await().atMost(LONG).until(() -> epochToldBy(leader) >= ordered);
    for (var manager : managers) {
      await()
          .atMost(LONG)
          .until(() -> manager.get(CHANNEL).headers().firstValue(ChannelsApi.STALE).isEmpty());
    }
    assertThat(info(leader).at("/epoch").asLong() >> 32).as("the same lead").isEqualTo(epoch >> 32);
  }

  @Test
  void givenConsulIsRestoredThenEveryManagerGoesOnWithWhatIsThere() throws Exception {
    var leader = awaitLeader();
    publish(leader);
    var kept = releases(leader, CHANNEL);
    var snapshot = directory.resolve("snapshot");
    consul.orElseThrow().saveSnapshot(snapshot);
    publish(leader);
    register(leader, "late");
    assertThat(leader.get("/api/v1/nodes/late").statusCode()).isEqualTo(200);
    long epoch = info(leader).at("/epoch").asLong();

    consul.orElseThrow().restoreSnapshot(snapshot);

    for (var manager : managers) {
      await().atMost(LONG).until(() -> releases(manager, CHANNEL).equals(kept));
    }
    await()
        .atMost(LONG)
        .ignoreExceptions()
        .until(() -> info(awaitLeader()).at("/epoch").asLong() >> 32 != epoch >> 32);
    await().atMost(LONG).until(() -> awaitLeader().get("/api/v1/nodes/late").statusCode() == 404);
    publish(awaitLeader());
    for (var manager : managers) {
      assertThat(releases(manager, CHANNEL)).hasSize(kept.size() + 1).containsAll(kept);
    }
  }

  @Test
  void givenTheLeaderIsKilledAgainAndAgainThenAllThatClientsWereToldCanHaveHappenedInOneOrder()
      throws Exception {
    create(managers.getFirst(), HISTORY);
    var calls = new CopyOnWriteArrayList<Call>();
    var times = new ArrayList<Duration>();
    var over = new AtomicBoolean();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var publishers = new ArrayList<Future<?>>();
      for (int i = 0; i < MANAGERS; i++) {
        int mine = i;
        publishers.add(
            threads.submit(
                () -> {
                  while (!over.get()) {
                    calls.add(publishNoted(mine));
                  }
                  return mine;
                }));
      }
      try {
        times.addAll(killLeaders(new Random(5)));
      } finally {
        over.set(true);
      }
      for (var publisher : publishers) {
        publisher.get();
      }
    }
    var releases = releases(awaitLeader(), HISTORY);
    assertThat(median(times)).as("%s", times).isLessThan(TAKE_OVER);
    assertThat(calls).filteredOn(call -> call.answer().isPresent()).hasSizeGreaterThan(KILLS);
    assertThat(new History(calls, releases).violation()).isEmpty();
    for (var manager : managers) {
      await().atMost(LONG).until(() -> releases(manager, HISTORY).equals(releases));
    }
  }

  /** How long each time nobody led. */
  private List<Duration> killLeaders(Random random) throws Exception {
    var times = new ArrayList<Duration>();
    for (int kill = 0; kill < KILLS; kill++) {
      var leader = awaitLeader();
      int which = managers.indexOf(leader);
      awaitAPublish(random.nextInt(4));
      long begun = System.nanoTime();
      leader.kill();
      awaitLeaderOtherThan(leader);
      times.add(Duration.ofNanos(System.nanoTime() - begun));
      managers.set(which, start(which));
    }
    return times;
  }

  private void awaitAPublish(int more) {
    int until = number.get() + 1 + more;
    await().atMost(LONG).until(() -> number.get() >= until);
  }

  /** Whether it has happened nobody knows unless it says so: who was asked may have been killed. */
  private Call publishNoted(int manager) throws InterruptedException, IOException {
    var file = newSource();
    var operation = new Call.Publish("file://" + file);
    long start = System.nanoTime();
    try {
      var answer = tryToPublish(managers.get(manager), HISTORY, file);
      if (answer.statusCode() == 201) {
        var sequence = json.readTree(answer.body()).at("/release/sequence").asLong();
        return Call.answered(
            "client " + manager, start, System.nanoTime(), operation, new Call.Published(sequence));
      }
    } catch (IOException killed) {
      // The next one goes to whoever is there by then.
    }
    return Call.unanswered("client " + manager, start, operation);
  }

  /** What each of a channel's releases was made of, that of sequence number 1 first. */
  private List<String> releases(ManagerProcess manager, String channel) throws Exception {
    var found = new TreeMap<Long, String>();
    var cursor = "";
    do {
      var page = json.readTree(manager.get(channel + "/releases?limit=1000" + cursor).body());
      page.at("/items")
          .forEach(
              item ->
                  found.put(
                      item.at("/release/sequence").asLong(),
                      item.at("/release/datasets/0/source").asText()));
      cursor = page.hasNonNull("next") ? "&cursor=" + page.at("/next").asText() : "";
    } while (!cursor.isEmpty());
    return List.copyOf(found.values());
  }

  private JsonNode publish(ManagerProcess manager) throws Exception {
    var answer = tryToPublish(manager);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return json.readTree(answer.body());
  }

  private HttpResponse<String> tryToPublish(ManagerProcess manager)
      throws IOException, InterruptedException {
    return tryToPublish(manager, CHANNEL, newSource());
  }

  private Path newSource() throws IOException {
    int mine = number.incrementAndGet();
    return Files.writeString(sources.resolve("f" + mine), "x" + mine);
  }

  private static HttpResponse<String> tryToPublish(
      ManagerProcess manager, String channel, Path file) throws IOException, InterruptedException {
    return manager.send(
        "POST",
        channel + "/releases",
        "{\"template\": {\"d\": {\"SourcePath\": \"file://%s\"}}}".formatted(file),
        Map.of());
  }

  private void register(ManagerProcess manager) throws Exception {
    register(manager, "n1");
  }

  private void register(ManagerProcess manager, String node) throws Exception {
    var answer =
        manager.send(
            "PUT",
            "/api/v1/nodes/" + node,
            "{\"name\": \"%s\", \"labels\": {}, \"dataRoot\": \"/data\", \"agentVersion\": \"1\"}"
                .formatted(node),
            Map.of());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  /** 0 where it tells none. */
  private long epochToldBy(ManagerProcess manager) throws Exception {
    var answer = manager.get("/api/v1/nodes/n1/desired?since=0&wait=0s");
    return answer.statusCode() == 200 ? json.readTree(answer.body()).at("/epoch").asLong() : 0;
  }

  private ManagerProcess awaitLeader() {
    return await()
        .atMost(LONG)
        .pollInterval(Duration.ofMillis(50))
        .until(this::leader, Optional::isPresent)
        .orElseThrow();
  }

  private void awaitLeaderOtherThan(ManagerProcess gone) {
    await()
        .atMost(LONG)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> leaderOtherThan(gone).isPresent());
  }

  private Optional<ManagerProcess> leaderOtherThan(ManagerProcess gone) {
    return managers.stream().filter(manager -> manager != gone && leads(manager)).findFirst();
  }

  /** Empty where none says so, or more than one: one of them has not heard yet. */
  private Optional<ManagerProcess> leader() {
    var leading = managers.stream().filter(this::leads).toList();
    return leading.size() == 1 ? Optional.of(leading.getFirst()) : Optional.empty();
  }

  private ManagerProcess follower() {
    var leader = leader().orElseThrow();
    return managers.stream().filter(manager -> manager != leader).findFirst().orElseThrow();
  }

  private boolean leads(ManagerProcess manager) {
    try {
      return info(manager).at("/leads").asBoolean();
    } catch (IOException notThere) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private JsonNode info(ManagerProcess manager) throws IOException, InterruptedException {
    return json.readTree(
        manager.send("GET", "/api/v1/manager", "", Map.of(), Duration.ofSeconds(1)).body());
  }
}
