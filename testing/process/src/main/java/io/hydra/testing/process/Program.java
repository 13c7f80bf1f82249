package io.hydra.testing.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A program that runs as a process: it can be killed, ended and started again with the same
 * command, so on the same port and directories. A supervised one is started again when it ends by
 * itself or is killed.
 */
public final class Program implements AutoCloseable {
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final String name;
  private final List<String> command;
  private final Path log;
  private final URI health;
  private @Nullable Process process;
  private boolean supervised;
  private Consumer<String> restartHeard = restart -> {};
  private int starts;

  /**
   * @param health answers 2xx once the program has started
   */
  public Program(String name, List<String> command, Path log, URI health) {
    this.name = name;
    this.command = List.copyOf(command);
    this.log = log;
    this.health = health;
  }

  public String name() {
    return name;
  }

  /** What the program prints. */
  public Path log() {
    return log;
  }

  public URI health() {
    return health;
  }

  /** From now on it is started again whenever it ends without our asking. */
  public synchronized void supervise() {
    supervised = true;
  }

  /**
   * As {@code supervise()}.
   *
   * @param restartHeard is told in a line for people how it ended and as which process it came back
   */
  public synchronized void supervise(Consumer<String> restartHeard) {
    this.restartHeard = restartHeard;
    supervise();
  }

  /** From now on it stays down when it ends. */
  public synchronized void leaveAlone() {
    supervised = false;
  }

  public synchronized void start() {
    if (isAlive()) {
      return;
    }
    try {
      var started = Spawner.start(command, log);
      process = started;
      starts++;
      var unused = started.onExit().thenRun(() -> ended(started));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private synchronized void ended(Process which) {
    if (!supervised || which != process) {
      return;
    }
    start();
    restartHeard.accept(
        "%s ended (%s), started again as %d"
            .formatted(name, cause(which.exitValue()), process.pid()));
  }

  /** Java gives 128 and the signal's number as the exit code of what a signal ended. */
  private static String cause(int exitCode) {
    return switch (exitCode) {
      case 128 + 9 -> "killed";
      case 128 + 15 -> "terminated";
      default -> "exit code " + exitCode;
    };
  }

  public synchronized boolean isAlive() {
    return process != null && process.isAlive();
  }

  /** How often it was started. */
  public synchronized int starts() {
    return starts;
  }

  public synchronized Optional<Long> pid() {
    return Optional.ofNullable(process).filter(Process::isAlive).map(Process::pid);
  }

  /** SIGKILL: no chance to finish anything. */
  public synchronized void kill() {
    Optional.ofNullable(process).ifPresent(Process::destroyForcibly);
  }

  /** SIGSTOP: it neither answers nor closes a connection. */
  public void pause() {
    signal("STOP");
  }

  /** SIGCONT. */
  public void goOn() {
    signal("CONT");
  }

  private void signal(String which) {
    try {
      var command = List.of("kill", "-" + which, pid().orElseThrow().toString());
      var sent = new ProcessBuilder(command).start();
      if (!sent.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException(String.join(" ", command) + " does not end");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * SIGTERM, then waits for the end; SIGKILL after ten seconds.
   *
   * @return whether it ended by itself in time
   */
  public boolean terminate() {
    Process ending;
    synchronized (this) {
      leaveAlone();
      ending = process;
    }
    if (ending == null) {
      return true;
    }
    ending.destroy();
    try {
      if (ending.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
        return true;
      }
      ending.destroyForcibly().waitFor();
    } catch (InterruptedException interrupted) {
      ending.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    return false;
  }

  /** Ends it and starts it again, as an operator would. */
  public void restart() {
    boolean wasSupervised;
    synchronized (this) {
      wasSupervised = supervised;
    }
    terminate();
    synchronized (this) {
      supervised = wasSupervised;
      start();
    }
  }

  /** Waits until its health URL answers 2xx. */
  public void awaitHealthy(Duration timeout) {
    Await.until(
        name + " is up (log: " + log + ")",
        timeout,
        () -> {
          if (!isAlive() && !supervised) {
            throw new IllegalStateException(name + " has ended; see " + log);
          }
          return Http.succeeds(health);
        });
  }

  @Override
  public void close() {
    terminate();
  }
}
