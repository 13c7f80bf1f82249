package io.hydra.manager.packaged;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.hydra.testing.process.Await;
import io.hydra.testing.process.ConsulServer;
import io.hydra.testing.process.Link;
import io.hydra.testing.process.Ports;
import io.hydra.wire.HydraJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/**
 * Several managers on one Consul, each with a link of its own to Consul and one on which others
 * reach it. Clients reach them directly. One that was ended comes back on its port.
 */
final class Managers implements AutoCloseable {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Duration SOON = Duration.ofSeconds(1);

  private final Path directory;
  private final Map<String, String> settings;
  private final ObjectMapper json = HydraJson.mapper();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(SOON)
          .executor(threads)
          .build();
  private final List<Member> members;
  private volatile boolean closed;

  /** A manager's place, whatever process is in it. */
  private static final class Member {
    private final int port = Ports.free();
    private final Link toConsul;
    private final Link fromPeers;
    private volatile CompletableFuture<ManagerProcess> process = new CompletableFuture<>();

    Member(ConsulServer consul) {
      toConsul = new Link(consul.url().getPort());
      fromPeers = new Link(port);
    }
  }

  /**
   * @param consuls the server that each of them asks
   */
  private Managers(Path directory, List<ConsulServer> consuls, Map<String, String> settings) {
    this.directory = directory;
    this.settings = settings;
    this.members = consuls.stream().map(Member::new).toList();
  }

  /** They are up when it returns. */
  static Managers start(Path directory, List<ConsulServer> consuls, Map<String, String> settings) {
    var started = new Managers(directory, consuls, settings);
    started.members.forEach(started::startNow);
    started.members.forEach(member -> member.process.join());
    return started;
  }

  int count() {
    return members.size();
  }

  URI url(int manager) {
    return URI.create("http://127.0.0.1:" + members.get(manager).port);
  }

  /** Waits for it to be up. */
  ManagerProcess process(int manager) {
    return members.get(manager).process.join();
  }

  Link toConsul(int manager) {
    return members.get(manager).toConsul;
  }

  Link fromPeers(int manager) {
    return members.get(manager).fromPeers;
  }

  /** In its place after it has ended. Does not wait for it to be up. */
  void startAgain(int manager) {
    startNow(members.get(manager));
  }

  private void startNow(Member member) {
    var all = new HashMap<>(settings);
    all.put("quarkus.http.port", Integer.toString(member.port));
    all.put("hydra.store.type", "consul");
    all.put("hydra.store.consul.url", member.toConsul.url().toString());
    all.put("hydra.leader.url", member.fromPeers.url().toString());
    member.process = CompletableFuture.supplyAsync(() -> startUntilUp(all), threads);
  }

  /** As a supervisor does: one that cannot reach Consul when it starts ends. */
  private ManagerProcess startUntilUp(Map<String, String> all) {
    while (true) {
      try {
        return ManagerProcess.start(directory, all);
      } catch (AssertionError ended) {
        if (closed || !String.valueOf(ended.getMessage()).contains("UNAVAILABLE: Consul")) {
          throw ended;
        }
      }
    }
  }

  HttpResponse<String> get(int manager, String path, Duration patience)
      throws IOException, InterruptedException {
    return send(manager, "GET", path, "", Map.of(), patience);
  }

  HttpResponse<String> send(
      int manager,
      String method,
      String path,
      String body,
      Map<String, String> headers,
      Duration patience)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(url(manager).resolve(path))
            .timeout(patience)
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    headers.forEach(request::header);
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString(UTF_8));
  }

  boolean leads(int manager) {
    try {
      var answer = get(manager, "/api/v1/manager", SOON);
      return answer.statusCode() == 200 && json.readTree(answer.body()).at("/leads").asBoolean();
    } catch (IOException notThere) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Empty where none says so, or more than one: one of them has not heard yet. */
  Optional<Integer> leader() {
    var leading = IntStream.range(0, count()).filter(this::leads).boxed().toList();
    return leading.size() == 1 ? Optional.of(leading.getFirst()) : Optional.empty();
  }

  /** The one that leads, as all of them agree. */
  int awaitLeader() {
    return Await.moment(() -> "one manager leads", LONG, this::leader);
  }

  /** Whether another manager than this one leads. */
  boolean anotherLeads(int than) {
    return IntStream.range(0, count()).filter(i -> i != than).anyMatch(this::leads);
  }

  @Override
  public void close() {
    closed = true;
    members.forEach(
        member -> {
          var unused = member.process.thenAccept(ManagerProcess::close);
          member.toConsul.close();
          member.fromPeers.close();
        });
    http.shutdownNow();
    threads.shutdownNow();
  }
}
