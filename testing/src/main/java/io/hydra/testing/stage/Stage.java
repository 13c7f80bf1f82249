package io.hydra.testing.stage;

import io.hydra.testing.process.Ports;
import io.hydra.testing.process.Program;
import io.hydra.testing.s3.S3Server;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * A whole installation on this machine: an S3 server, a manager, nodes, and a replica of the
 * example service on each. Everything ends when the stage is closed or this program ends.
 */
public final class Stage implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(90);

  private final Programs programs;
  private final StageSettings settings;
  private final Path directory;
  private final S3Server s3;
  private final Program manager;
  private final URI managerAddress;
  private final Links links;
  private final List<Node> nodes = new ArrayList<>();
  private final List<Replica> replicas = new ArrayList<>();
  private final Thread atExit = new Thread(this::end, "stop-stage");
  private final List<Runnable> beforeEnd = new CopyOnWriteArrayList<>();
  private final AtomicBoolean discarded = new AtomicBoolean();
  private final AtomicBoolean ending = new AtomicBoolean();

  /**
   * Prepares all and starts nothing yet.
   *
   * @param directory for everything that the programs write; made, and kept unless {@link
   *     #discardAtEnd}
   */
  public Stage(Programs programs, StageSettings settings, Path directory) throws IOException {
    this.programs = programs;
    this.settings = settings;
    this.directory = directory.toAbsolutePath();
    Files.createDirectories(logs());
    var objects = Files.createDirectories(this.directory.resolve("s3"));
    s3 = new S3Server(programs.s3Libraries(), objects, logs().resolve("s3.log"));
    int port = Ports.free();
    managerAddress = URI.create("http://127.0.0.1:" + port);
    links =
        settings.encrypted()
            ? Links.encrypted(s3.endpoint(), managerAddress, this.directory)
            : Links.plain(s3.endpoint(), managerAddress);
    var wiring = new Wiring(programs, settings, this.directory, s3.endpoint(), links);
    manager = wiring.manager(port);
    for (var node : settings.nodes()) {
      var made = wiring.node(node);
      nodes.add(made);
      replicas.add(wiring.replica("replica-" + nodes.size(), made));
    }
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  public S3Server s3() {
    return s3;
  }

  public Program manager() {
    return manager;
  }

  public ManagerClient client() {
    return new ManagerClient(managerAddress);
  }

  public Programs programs() {
    return programs;
  }

  public StageSettings settings() {
    return settings;
  }

  public List<Node> nodes() {
    return List.copyOf(nodes);
  }

  public List<Replica> replicas() {
    return List.copyOf(replicas);
  }

  public Path directory() {
    return directory;
  }

  public Path logs() {
    return directory.resolve("logs");
  }

  /** Every program, in the order in which they are started. */
  public List<Program> all() {
    var all = new ArrayList<>(List.of(s3.program(), manager));
    nodes.forEach(node -> all.add(node.docto()));
    replicas.forEach(replica -> all.add(replica.application()));
    replicas.forEach(replica -> all.add(replica.appman()));
    return all;
  }

  /** Starts all programs and waits until each is up. Replicas get ready when they have data. */
  public void start() {
    all().forEach(Program::start);
    all().forEach(program -> program.awaitHealthy(START));
  }

  /** From now on, what dies is started again. */
  public void supervise() {
    all().forEach(Program::supervise);
  }

  /** As {@code supervise()}; each restart is told in a line for people. */
  public void supervise(Consumer<String> restartHeard) {
    all().forEach(program -> program.supervise(restartHeard));
  }

  /**
   * Runs before the programs are ended, however that comes about: who talks to them stops first.
   */
  public void beforeEnd(Runnable what) {
    beforeEnd.add(what);
  }

  /** Whether what the programs wrote is removed when all has ended; at first it is kept. */
  public void discardAtEnd(boolean discard) {
    discarded.set(discard);
  }

  /** Whether the programs are being ended, or have been. */
  public boolean isEnding() {
    return ending.get();
  }

  /** Ends all programs. */
  @Override
  public void close() {
    end();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException endingAlready) {
      return;
    }
  }

  /** Whoever comes second, be it the shutdown, waits until the first is done. */
  private synchronized void end() {
    if (ending.getAndSet(true)) {
      return;
    }
    // Ctrl-C reaches the programs too: what it ends is not to come back.
    all().forEach(Program::leaveAlone);
    beforeEnd.forEach(Runnable::run);
    stopAll();
    links.close();
    if (!discarded.get()) {
      return;
    }
    try {
      new StageDirectory(directory).discard();
    } catch (IOException left) {
      System.err.println("left behind: " + directory + ": " + left);
    }
  }

  private void stopAll() {
    try (var stopping = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var program : all()) {
        stopping.execute(program::terminate);
      }
    }
  }
}
