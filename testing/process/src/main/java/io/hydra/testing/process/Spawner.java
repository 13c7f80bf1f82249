package io.hydra.testing.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Starts processes that end with us, however we end. Linux can send a child a signal when the
 * thread that started it is gone, so all are started by one thread that lives as long as we do.
 */
final class Spawner {
  private static final Path SETPRIV = Path.of("/usr/bin/setpriv");
  private static final ExecutorService THREAD =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("spawner").daemon().factory());

  private Spawner() {}

  /**
   * @param log receives what the process prints
   */
  static Process start(List<String> command, Path log) throws IOException {
    var leashed = new ArrayList<String>();
    if (Files.isExecutable(SETPRIV)) {
      leashed.addAll(List.of(SETPRIV.toString(), "--pdeathsig", "KILL", "--"));
    }
    leashed.addAll(command);
    var builder =
        new ProcessBuilder(leashed)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    try {
      return CompletableFuture.supplyAsync(() -> startNow(builder), THREAD).get();
    } catch (ExecutionException failed) {
      throw new IOException("cannot start " + command.getFirst(), failed.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while starting " + command.getFirst(), interrupted);
    }
  }

  private static Process startNow(ProcessBuilder builder) {
    try {
      return builder.start();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
