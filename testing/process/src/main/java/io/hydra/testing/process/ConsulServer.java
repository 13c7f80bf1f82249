package io.hydra.testing.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A real Consul server on this machine, which comes back on its port and with its data when it is
 * started again.
 */
public final class ConsulServer implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);

  private final Program program;
  private final URI url;

  private ConsulServer(Program program, URI url) {
    this.program = program;
    this.url = url;
  }

  /**
   * The program, compiled where it is not there yet; empty where it cannot be had, which {@code
   * testing/peers/consul} tells on stderr.
   *
   * @throws IllegalStateException where it must be had ({@code CI=true}) and cannot
   */
  public static Optional<Path> program() {
    return Peer.find("consul").program();
  }

  /** A server alone, ready to write. */
  public static ConsulServer start(Path program, Path directory) {
    return start(program, directory, "{}");
  }

  /**
   * @param more JSON that is added to its configuration
   */
  public static ConsulServer start(Path program, Path directory, String more) {
    var server =
        make(program, directory, Ports.free(), Ports.free(), Ports.free(), List.of(), more);
    server.program.start();
    server.awaitWritable();
    return server;
  }

  /** Servers that replicate, ready to write. */
  public static List<ConsulServer> cluster(Path program, Path directory, int size) {
    var serf = IntStream.range(0, size).mapToObj(_ -> Ports.free()).toList();
    var servers = new ArrayList<ConsulServer>();
    for (int i = 0; i < size; i++) {
      servers.add(
          make(
              program,
              directory.resolve("consul-" + i),
              Ports.free(),
              serf.get(i),
              Ports.free(),
              serf,
              "{}"));
    }
    servers.forEach(server -> server.program.start());
    servers.forEach(ConsulServer::awaitWritable);
    return servers;
  }

  private static ConsulServer make(
      Path program, Path directory, int http, int serf, int rpc, List<Integer> all, String more) {
    try {
      Files.createDirectories(directory);
      var file =
          Files.writeString(
              directory.resolve("consul.json"), configuration(directory, http, serf, rpc, all));
      var url = URI.create("http://127.0.0.1:" + http);
      var added = Files.writeString(directory.resolve("more.json"), more);
      var command =
          List.of(program.toString(), "agent", "-config-file=" + file, "-config-file=" + added);
      return new ConsulServer(
          new Program(
              "consul", command, directory.resolve("consul.log"), url.resolve("/v1/status/leader")),
          url);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String configuration(
      Path directory, int http, int serf, int rpc, List<Integer> all) {
    var others =
        all.stream().map(port -> "\"127.0.0.1:" + port + "\"").collect(Collectors.joining(", "));
    return """
        {
          "server": true,
          "bootstrap_expect": %d,
          "retry_join": [%s],
          "retry_interval": "1s",
          "node_name": "server-%d",
          "data_dir": "%s/data",
          "bind_addr": "127.0.0.1",
          "client_addr": "127.0.0.1",
          "ports": {"http": %d, "serf_lan": %d, "server": %d, "serf_wan": -1, "dns": -1, "grpc": -1, "grpc_tls": -1},
          "performance": {"raft_multiplier": 1},
          "disable_update_check": true,
          "log_level": "WARN"
        }
        """
        .formatted(Math.max(1, all.size()), others, http, directory, http, serf, rpc);
  }

  public URI url() {
    return url;
  }

  /** Of its process, while it runs. */
  public Optional<Long> pid() {
    return program.pid();
  }

  /** SIGKILL. */
  public void kill() {
    program.leaveAlone();
    program.kill();
    Await.until("Consul has ended", START, () -> !program.isAlive());
  }

  /** After {@link #kill}: ready to write, with what it had. */
  public void startAgain() {
    program.start();
    awaitWritable();
  }

  /** SIGSTOP: it neither answers nor closes a connection. */
  public void pause() {
    program.pause();
  }

  /** SIGCONT. */
  public void goOn() {
    program.goOn();
  }

  /** Writes all that it has to a file. */
  public void saveSnapshot(Path file) {
    var request = HttpRequest.newBuilder(url.resolve("/v1/snapshot")).timeout(START).build();
    requireDone(() -> Http.send(request, HttpResponse.BodyHandlers.ofFile(file)).statusCode());
  }

  /** Has it go back to what {@link #saveSnapshot} has written; ready to write afterwards. */
  public void restoreSnapshot(Path file) {
    requireDone(
        () ->
            Http.send(
                    HttpRequest.newBuilder(url.resolve("/v1/snapshot"))
                        .timeout(START)
                        .PUT(HttpRequest.BodyPublishers.ofFile(file))
                        .build())
                .statusCode());
    awaitWritable();
  }

  /** Something that is answered by a status. */
  private interface Question {
    int status() throws IOException;
  }

  private static void requireDone(Question question) {
    try {
      int status = question.status();
      if (status != 200) {
        throw new IllegalStateException("Consul answers " + status);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Whether this server has the lead among its cluster. */
  public boolean leads() {
    try {
      return Http.get(url.resolve("/v1/agent/self")).body().contains("\"leader\":\"true\"");
    } catch (IOException notThere) {
      return false;
    }
  }

  private void awaitWritable() {
    Await.until(
        "Consul takes writes (log: " + program.log() + ")",
        START,
        () -> {
          if (!program.isAlive()) {
            throw new IllegalStateException("Consul has ended; see " + program.log());
          }
          return canBeRead();
        });
  }

  /** A consistent read needs a leader as a write does; 404 or 403 is an answer too. */
  private boolean canBeRead() {
    try {
      var request =
          HttpRequest.newBuilder(url.resolve("/v1/kv/none?consistent"))
              .timeout(Duration.ofSeconds(2))
              .build();
      return Http.send(request).statusCode() < 500;
    } catch (IOException notThere) {
      return false;
    }
  }

  @Override
  public void close() {
    program.pid().ifPresent(_ -> goOn());
    program.leaveAlone();
    program.kill();
  }
}
