package io.hydra.manager.packaged;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.testing.process.Packaged;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** The packaged manager, running on a port that was free. */
final class ManagerProcess implements AutoCloseable {
  private static final Pattern LISTENING = Pattern.compile("Listening on: (https?://\\S+)");
  private static final Duration START = Duration.ofMinutes(3);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Process process;
  private final Path log;
  private final URI address;

  private ManagerProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
    this.address = awaitAddress();
  }

  /**
   * @param directory for state and log
   */
  static ManagerProcess start(Path directory, Map<String, String> settings) {
    var log = directory.resolve("manager-%d.log".formatted(System.nanoTime()));
    return new ManagerProcess(spawn(directory, settings, log), log);
  }

  static Process spawn(Path directory, Map<String, String> settings, Path log) {
    var all = new HashMap<>(settings);
    all.putIfAbsent("quarkus.http.port", "0");
    all.putIfAbsent("hydra.store.file", directory.resolve("manager.mv").toString());
    var command = Packaged.ofCheckout().command("manager", "256m", all);
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(log.toFile())
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private URI awaitAddress() {
    return Awaitility.await()
        .atMost(START)
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> {
              assertThat(process.isAlive()).as("the manager lives; its log:\n%s", log()).isTrue();
              var found = LISTENING.matcher(log());
              return found.find() ? URI.create(found.group(1)) : URI.create("");
            },
            found -> !found.toString().isEmpty());
  }

  String log() throws IOException {
    return Files.readString(log);
  }

  URI address() {
    return address;
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send("GET", path, "", Map.of());
  }

  HttpResponse<String> send(String method, String path, String body, Map<String, String> headers)
      throws IOException, InterruptedException {
    return send(method, path, body, headers, Duration.ofSeconds(30));
  }

  HttpResponse<String> send(
      String method, String path, String body, Map<String, String> headers, Duration patience)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(address.resolve(path))
            .timeout(patience)
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (!body.isEmpty() && !headers.containsKey("Content-Type")) {
      request.header("Content-Type", "application/json");
    }
    headers.forEach(request::header);
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString(UTF_8));
  }

  /** SIGKILL. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** SIGSTOP: its connections stay, and nobody answers. */
  void pause() throws IOException, InterruptedException {
    signal("STOP");
  }

  /** SIGCONT. */
  void goOn() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** SIGTERM, without waiting for the end. */
  void terminate() {
    process.destroy();
  }

  /** SIGTERM. Whether the process ended by itself in time. */
  boolean stop(Duration atMost) throws InterruptedException {
    process.destroy();
    return process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
  }

  int exitValue() {
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    http.close();
  }
}
