package io.hydra.docto.fakes;

import static org.awaitility.Awaitility.await;

import io.hydra.testing.fakes.FakeManager;
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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.awaitility.core.ConditionTimeoutException;

/** The packaged Docto as a process of its own. */
public final class DoctoProcess implements AutoCloseable {
  private static final Pattern LISTENING = Pattern.compile("Listening on: (http://\\S+)");

  /** The JVM ends its dump so; a native executable does not. */
  private static final Pattern THREADS = Pattern.compile("(?m)^JNI global ref");

  private static final Duration THREADS_TOLD = Duration.ofSeconds(10);
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Map<String, String> settings = new LinkedHashMap<>();
  private final Path log;
  private Process process;

  /** Characters of the log when it was started. */
  private int logged;

  private DoctoProcess(Map<String, String> settings, Path log) {
    this.settings.putAll(settings);
    this.log = log;
    this.process = launch();
  }

  /**
   * Starts it with ROOT and log below a directory.
   *
   * @param more settings and their values; {@code $NAME} is an environment variable, {@code -Xmx}
   *     and the like an argument
   */
  public static DoctoProcess start(Path directory, FakeManager manager, FakeS3 s3, String... more) {
    var settings = new LinkedHashMap<String, String>();
    settings.put("hydra.node.name", "node-1");
    settings.put("hydra.manager.url", manager.url().toString());
    settings.put("hydra.manager.retry-max", "500ms");
    settings.put("hydra.root", directory.resolve("root").toString());
    settings.put("hydra.s3.endpoint", s3.url().toString());
    settings.put("hydra.s3.access-key", "test");
    settings.put("hydra.s3.secret-key", "test");
    settings.put("hydra.fetch.part-size", "64KiB");
    settings.put("hydra.fetch.stall-timeout", "1s");
    settings.put("hydra.fetch.retry-max", "1s");
    settings.put("quarkus.http.port", "0");
    for (int i = 0; i < more.length; i += 2) {
      settings.put(more[i], more[i + 1]);
    }
    return new DoctoProcess(settings, directory.resolve("docto.log"));
  }

  /** SIGKILL. */
  public void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** SIGTERM; returns how long the end took. */
  public Duration terminate() {
    long begin = System.nanoTime();
    process.destroy();
    awaitEnd();
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  /**
   * Sends it a signal.
   *
   * @param name as kill(1) takes it, such as {@code QUIT}
   */
  public void signal(String name) {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  public long pid() {
    return process.pid();
  }

  /** Starts it anew with the same settings. */
  public void restart() {
    process = launch();
  }

  /** Waits for its end by itself; its exit code. */
  public int exitCode() {
    awaitEnd();
    return process.exitValue();
  }

  public boolean alive() {
    return process.isAlive();
  }

  public String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its log since it was started last, at the end of which it says what its threads do. */
  public String logWithThreads() {
    if (alive()) {
      signal("QUIT");
      awaitThreads();
    }
    return logSinceStart();
  }

  private void awaitThreads() {
    try {
      await().atMost(THREADS_TOLD).until(() -> THREADS.matcher(logSinceStart()).find());
    } catch (ConditionTimeoutException silent) {
      // That says something, too.
    }
  }

  private String logSinceStart() {
    return log().substring(logged);
  }

  /** GET of one of its own paths; waits until it listens. */
  public HttpResponse<String> get(String path) {
    await().atMost(Duration.ofSeconds(20)).until(() -> LISTENING.matcher(log()).find());
    var match = LISTENING.matcher(log());
    var address = "";
    while (match.find()) {
      address = match.group(1);
    }
    try {
      return HTTP.send(
          HttpRequest.newBuilder(URI.create(address + path)).build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      kill();
    }
  }

  private void awaitEnd() {
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        throw new AssertionError("Docto did not end:\n" + log());
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Process launch() {
    var properties = new LinkedHashMap<>(settings);
    properties.keySet().removeIf(key -> key.startsWith("$") || key.startsWith("-"));
    var command = Packaged.ofCheckout().command("docto", "96m", properties);
    var builder = new ProcessBuilder(command);
    settings.forEach(
        (key, value) -> {
          if (key.startsWith("$")) {
            builder.environment().put(key.substring(1), value);
          } else if (key.startsWith("-")) {
            command.add(1, key + value);
          }
        });
    logged = Files.exists(log) ? log().length() : 0;
    try {
      return builder
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
