package io.hydra.testing.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.testing.process.Ports;
import io.hydra.testing.process.Program;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A manager in service is replaced by one with another store and the exported state. */
class MovedStateIT {
  private static final Duration START = Duration.ofSeconds(90);

  @Test
  void givenTheStateInAnotherStore_thenNobodyFetchesOrReloads_andTheNextReleaseRolls()
      throws Exception {
    boolean failed = true;
    var running = Running.start("moved");
    try {
      running.rollTo(running.publishNext());
      var served = running.target();
      var before = work(running);

      move(running);

      running.rollTo(served);
      assertThat(work(running)).isEqualTo(before);
      running.rollTo(running.publishNext());
      running.assertWhole();
      assertThat(running.newFailures()).isEmpty();
      failed = false;
    } finally {
      running.end(failed);
    }
  }

  private static void move(Running running) throws IOException {
    var stage = running.stage();
    var directory = Files.createDirectory(stage.directory().resolve("moved"));
    var hydra = new CommandLine(stage.programs(), directory);
    assertThat(hydra.run(running.client().base(), "export", "all.jsonl").exitCode()).isZero();
    var store = directory.resolve("manager.mv");
    restore(running, hydra, store);

    stage.manager().leaveAlone();
    stage.manager().terminate();
    var old = stage.directory().resolve("manager/manager.mv");
    assertThat(old).exists();
    try (Stream<Path> files = Files.list(old.resolveSibling("."))) {
      files.forEach(MovedStateIT::delete);
    }
    Files.move(store, old);
    stage.manager().start();
    stage.manager().awaitHealthy(START);
  }

  private static void delete(Path file) {
    assertThat(file.toFile().delete()).as("%s is deleted", file).isTrue();
  }

  /** By a manager that nobody else knows. */
  private static void restore(Running running, CommandLine hydra, Path store) {
    int port = Ports.free();
    var address = URI.create("http://127.0.0.1:" + port);
    var settings =
        Map.of("quarkus.http.port", Integer.toString(port), "hydra.store.file", store.toString());
    var command = running.stage().programs().quarkus("manager", "192m", settings);
    var log = hydra.directory().resolve("manager.log");
    try (var manager =
        new Program("new-manager", command, log, address.resolve("/q/health/ready"))) {
      manager.start();
      manager.awaitHealthy(START);
      var ended = hydra.run(address, "import", "all.jsonl");
      assertThat(ended.exitCode()).as(ended.err()).isZero();
      assertThat(manager.terminate()).isTrue();
    }
  }

  /** What nodes have fetched and instances have gone through, as their metrics count it. */
  private static List<String> work(Running running) {
    var stage = running.stage();
    return Stream.concat(
            stage.nodes().stream().map(node -> node.docto().health()),
            stage.replicas().stream().map(replica -> replica.readiness()))
        .flatMap(health -> metrics(health.resolve("/q/metrics")))
        .filter(
            line ->
                line.startsWith("hydra_docto_fetched_bytes_total")
                    || line.startsWith("hydra_appman_transitions_total"))
        .toList();
  }

  private static Stream<String> metrics(URI address) {
    try (var http = HttpClient.newHttpClient()) {
      var answer = http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
      return answer.body().lines();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
