package io.hydra.manager.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hydra.api.ChannelsApi;
import io.hydra.testing.history.Call;
import io.hydra.testing.history.History;
import io.hydra.testing.process.Await;
import io.hydra.testing.process.ConsulServer;
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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Three managers, each on its own of three Consul servers, of which some die. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsulClusterIT {
  private static final int SERVERS = 3;
  private static final String NODE = "/api/v1/nodes/n1";
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final Duration LONG = Duration.ofSeconds(90);

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger number = new AtomicInteger();
  private List<ConsulServer> servers = List.of();
  private Optional<Managers> running = Optional.empty();
  private Path sources = Path.of("");

  @BeforeAll
  void start(@TempDir Path directory) throws IOException {
    var program = ConsulServer.program();
    Assumptions.assumeTrue(program.isPresent(), "no Consul can be had here");
    sources = Files.createDirectory(directory.resolve("sources"));
    servers = ConsulServer.cluster(program.orElseThrow(), directory, SERVERS);
    running =
        Optional.of(
            Managers.start(
                directory,
                servers,
                Map.of(
                    "hydra.store.consul.timeout",
                    "2s",
                    "hydra.sources.file-roots",
                    sources.toString())));
  }

  @AfterAll
  void stop() {
    running.ifPresent(Managers::close);
    servers.forEach(ConsulServer::close);
    threads.shutdownNow();
  }

  private Managers managers() {
    return running.orElseThrow();
  }

  private PatientClient patient() {
    return new PatientClient(managers(), sources);
  }

  private SharedChannel channel() {
    var made = new SharedChannel("c" + number.incrementAndGet());
    patient().create(made);
    return made;
  }

  @Test
  void givenTheServerThatLeadsIsKilledThenPublishingGoesOnAndNothingIsLost() throws Exception {
    publishWhileDead(awaitServerThatLeads());
  }

  @Test
  void givenTheServerOfTheManagerThatLeadsIsKilledThenPublishingGoesOnAndNothingIsLost()
      throws Exception {
    publishWhileDead(managers().awaitLeader());
  }

  private void publishWhileDead(int server) throws Exception {
    var channel = channel();
    var over = new AtomicBoolean();
    var clients = clients(channel, over);
    var calls = new ArrayList<Call>();
    servers.get(server).kill();
    try {
      calls.add(patient().publishNoted(channel, channel.name() + "-while-dead"));
    } finally {
      servers.get(server).startAgain();
    }
    calls.add(patient().publishNoted(channel, channel.name() + "-when-back"));
    over.set(true);
    for (var client : clients) {
      calls.addAll(client.get());
    }
    assertThat(new History(calls, patient().contents(channel)).violation())
        .as("calls: %s", calls)
        .isEmpty();
  }

  private List<Future<List<Call>>> clients(SharedChannel channel, AtomicBoolean over) {
    return IntStream.range(0, SERVERS)
        .mapToObj(
            i ->
                threads.submit(
                    new ChannelClient(
                        "client-" + i, managers(), channel, sources, new Random(i), over::get)))
        .toList();
  }

  @Test
  void givenTwoServersAreDeadThenChangesAreRefusedAndReadsGoOnAndAllResumesByItself()
      throws Exception {
    var channel = channel();
    patient().publish(channel, "before");
    for (int manager = 0; manager < SERVERS; manager++) {
      assertThat(head(manager, channel).body()).contains("\"sequence\":1");
    }
    servers.get(0).kill();
    servers.get(1).kill();
    try {
      for (int manager = 0; manager < SERVERS; manager++) {
        var read = head(manager, channel);
        assertThat(read.statusCode()).isEqualTo(200);
        assertThat(read.body()).contains("\"sequence\":1");
        assertThat(read.headers().firstValue(ChannelsApi.STALE)).contains("true");
        var refused = unpin(manager, channel);
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
        assertThat(refused.body()).contains("UNAVAILABLE").containsAnyOf("Consul", "lead");
      }
    } finally {
      servers.get(0).startAgain();
      servers.get(1).startAgain();
    }
    assertThat(patient().publish(channel, "after").sequence()).isEqualTo(2);
    for (int manager = 0; manager < SERVERS; manager++) {
      int asked = manager;
      await()
          .atMost(LONG)
          .until(() -> head(asked, channel).headers().firstValue(ChannelsApi.STALE).isEmpty());
      assertThat(head(manager, channel).body()).contains("\"sequence\":2");
    }
  }

  /** They keep their connections, so it is the one that has to end them. */
  @Test
  void givenTheManagerThatLeadsIsCutOffThenItLetsItsAgentsGoAndStaysReady() throws Exception {
    var channel = channel();
    patient().publish(channel, "before");
    int cut = managers().awaitLeader();
    register(cut);
    managers().toConsul(cut).cut();
    try {
      await().atMost(LONG).until(() -> managers().anotherLeads(cut));
      var reported = report(cut);
      assertThat(reported.statusCode()).isEqualTo(204);
      assertThat(reported.headers().firstValue("Connection")).contains("close");
      var asked = managers().get(cut, NODE + "/desired?since=0&wait=30s", SOON);
      assertThat(asked.statusCode()).isEqualTo(503);
      assertThat(asked.headers().firstValue("Connection")).contains("close");
      assertThat(managers().get(cut, "/q/health/ready", SOON).statusCode()).isEqualTo(200);
      assertThat(head(cut, channel).headers().firstValue(ChannelsApi.STALE)).contains("true");
      var node = managers().get(cut, NODE, SOON);
      assertThat(node.statusCode()).isEqualTo(200);
      assertThat(node.headers().firstValue(ChannelsApi.STALE)).contains("true");
      assertThat(managers().leads(cut)).as("it cannot be sure").isFalse();
    } finally {
      managers().toConsul(cut).mend();
    }
    await()
        .atMost(LONG)
        .untilAsserted(
            () -> {
              assertThat(managers().get(cut, NODE, SOON).headers().firstValue(ChannelsApi.STALE))
                  .isEmpty();
              var reported = report(cut);
              assertThat(reported.statusCode()).isEqualTo(204);
              assertThat(reported.headers().firstValue("Connection")).isEmpty();
            });
  }

  private void register(int manager) throws Exception {
    var answer =
        managers()
            .send(
                manager,
                "PUT",
                NODE,
                "{\"name\": \"n1\", \"labels\": {}, \"dataRoot\": \"/data\", \"agentVersion\": \"1\"}",
                Map.of(),
                SOON);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private HttpResponse<String> report(int manager) throws IOException, InterruptedException {
    var report =
        "{\"epoch\": 0, \"settled\": true, \"disk\": {\"total\": 2, \"free\": 1}, \"ram\": {\"total\": 2, \"free\": 1}, \"datasets\": []}";
    return managers().send(manager, "POST", NODE + "/report", report, Map.of(), SOON);
  }

  private HttpResponse<String> head(int manager, SharedChannel channel)
      throws IOException, InterruptedException {
    return managers().get(manager, channel.path(), SOON);
  }

  private HttpResponse<String> unpin(int manager, SharedChannel channel)
      throws IOException, InterruptedException {
    return managers().send(manager, "DELETE", channel.path() + "/pin", "", Map.of(), SOON);
  }

  private int awaitServerThatLeads() {
    return Await.moment(
        () -> "a Consul server leads",
        LONG,
        () -> IntStream.range(0, SERVERS).filter(i -> servers.get(i).leads()).boxed().findFirst());
  }
}
