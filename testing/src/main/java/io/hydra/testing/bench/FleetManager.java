package io.hydra.testing.bench;

import io.hydra.testing.process.Await;
import io.hydra.testing.process.Ports;
import io.hydra.testing.process.Program;
import io.hydra.testing.stage.ManagerClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The packaged manager with its embedded store, which ends with us. */
final class FleetManager implements AutoCloseable {
  private static final String MANAGER = "manager";
  private static final Duration START = Duration.ofMinutes(2);

  private final Program program;
  private final URI address;
  private final Side side;

  /** With its own settings only. */
  FleetManager(Optional<Side> build, String heap, Path directory) throws IOException {
    this(build, heap, directory, Map.of());
  }

  /**
   * @param directory for its state and log
   * @param more settings
   * @throws IllegalArgumentException with a sentence for people where the build that was asked for
   *     is not there
   */
  FleetManager(Optional<Side> build, String heap, Path directory, Map<String, String> more)
      throws IOException {
    side = build.orElseGet(() -> Side.NATIVE.isBuilt(MANAGER) ? Side.NATIVE : Side.JVM);
    if (!side.isBuilt(MANAGER)) {
      throw new IllegalArgumentException(
          "the manager is not built (%s); see make build, make native".formatted(side.title()));
    }
    int port = Ports.free();
    address = URI.create("http://127.0.0.1:" + port);
    var settings = new TreeMap<String, String>();
    settings.putAll(more);
    settings.put("quarkus.http.port", Integer.toString(port));
    settings.put("hydra.environments", "prod");
    settings.put("hydra.store.file", directory.resolve("manager.mv").toString());
    program =
        new Program(
            MANAGER,
            side.packaged().command(MANAGER, heap, settings),
            Files.createDirectories(directory).resolve("manager.log"),
            address.resolve("/q/health/ready"));
  }

  Side side() {
    return side;
  }

  URI address() {
    return address;
  }

  ManagerClient client() {
    return new ManagerClient(address);
  }

  void start() {
    program.start();
    program.awaitHealthy(START);
  }

  /** As after a crash; does not wait for it to answer. */
  void killAndStart() {
    program.kill();
    awaitEnd();
    program.start();
  }

  private void awaitEnd() {
    Await.until("the manager has ended", START, () -> !program.isAlive());
  }

  ProcessUse use() throws IOException {
    return new ProcessUse(
        program
            .pid()
            .orElseThrow(() -> new IOException("the manager has ended; " + program.log())));
  }

  @Override
  public void close() {
    program.close();
  }
}
