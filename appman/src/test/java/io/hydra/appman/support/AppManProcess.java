package io.hydra.appman.support;

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
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The packaged AppMan as a process of its own. */
public final class AppManProcess implements AutoCloseable {
  private static final Pattern LISTENING = Pattern.compile("Listening on: http://[^:]+:(\\d+)");
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Process process;
  private final Path log;

  private AppManProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** Starts it; its output goes to the file, which is begun anew. */
  public static AppManProcess start(Path log, Map<String, String> properties) {
    var settings = new HashMap<>(properties);
    settings.put("quarkus.http.port", "0");
    var command = Packaged.ofCheckout().command("appman", "128m", settings);
    try {
      var builder = new ProcessBuilder(command).redirectErrorStream(true);
      return new AppManProcess(builder.redirectOutput(log.toFile()).start(), log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** As the machine would on a crash. */
  public void kill() {
    process.destroyForcibly();
  }

  public void terminate() {
    process.destroy();
  }

  public boolean endsWithin(Duration time) {
    try {
      return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  public int exitValue() {
    return process.exitValue();
  }

  public String output() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private OptionalInt port() {
    var matcher = LISTENING.matcher(output());
    return matcher.find()
        ? OptionalInt.of(Integer.parseInt(matcher.group(1)))
        : OptionalInt.empty();
  }

  /** Whether a load balancer would send traffic now. */
  public boolean isReady() {
    return status("/q/health/ready") == 200;
  }

  /** HTTP status; 0 when nobody answers. */
  public int status(String path) {
    return answer(path).map(HttpResponse::statusCode).orElse(0);
  }

  public String body(String path) {
    return answer(path).map(HttpResponse::body).orElse("");
  }

  private Optional<HttpResponse<String>> answer(String path) {
    var port = port();
    if (port.isEmpty()) {
      return Optional.empty();
    }
    var uri = URI.create("http://127.0.0.1:" + port.getAsInt() + path);
    var request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(5)).build();
    try {
      return Optional.of(HTTP.send(request, HttpResponse.BodyHandlers.ofString()));
    } catch (IOException gone) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }
}
