package io.hydra.testing.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A program of others that a script of {@code testing/peers} gets: from PATH, else installed once.
 *
 * @param program empty where it cannot be had here
 * @param told the last line that the script wrote on stderr: the reason, where there is no program
 */
public record Peer(Optional<Path> program, String told) {
  private static final int CANNOT_BE_HAD = 3;

  /**
   * Installs it where it is not there yet; what that says goes to stderr.
   *
   * @param name of the script
   * @throws IllegalStateException where it must be had ({@code CI=true}) and cannot
   */
  public static Peer find(String name) {
    var script = Repository.root().resolve("testing/peers").resolve(name);
    try {
      var process = new ProcessBuilder(script.toString()).start();
      var told = CompletableFuture.supplyAsync(() -> passOn(process.errorReader()));
      var path = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
      int exit = process.waitFor();
      if (exit != 0 && exit != CANNOT_BE_HAD) {
        throw new IllegalStateException("testing/peers/%s failed with %d".formatted(name, exit));
      }
      return new Peer(exit == 0 ? Optional.of(Path.of(path)) : Optional.empty(), told.join());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /**
   * @throws IOException where it cannot be had, with the reason
   */
  public Path orFail() throws IOException {
    return program.orElseThrow(() -> new IOException(told));
  }

  /** The last line. */
  private static String passOn(BufferedReader lines) {
    return lines.lines().peek(System.err::println).reduce("", (before, line) -> line);
  }
}
