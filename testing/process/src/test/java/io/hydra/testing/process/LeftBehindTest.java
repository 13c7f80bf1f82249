package io.hydra.testing.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever started programs and is killed leaves none behind. */
class LeftBehindTest {
  private final Path directory;

  LeftBehindTest(@TempDir Path directory) {
    this.directory = directory;
  }

  /** Starts a program, prints its pid, and waits to be killed. */
  static final class Parent {
    private Parent() {}

    public static void main(String[] arguments) throws IOException {
      var program =
          new Program(
              "child",
              List.of("sleep", "600"),
              Path.of(arguments[0]),
              URI.create("http://127.0.0.1:1/"));
      program.start();
      System.out.println(program.pid().orElseThrow());
      var unused = System.in.read();
    }
  }

  @Test
  void givenARunningProgram_whenItsStarterIsKilled_thenItEnds() throws IOException {
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "needs Linux");
    var command = Jvm.command("64m");
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            Parent.class.getName(),
            directory.resolve("log").toString()));
    var parent = new ProcessBuilder(command).redirectErrorStream(true).start();
    var line = new byte[32];
    int read = parent.getInputStream().read(line);
    var child =
        ProcessHandle.of(
                Long.parseLong(new String(line, 0, read, StandardCharsets.US_ASCII).strip()))
            .orElseThrow();

    assertThat(child.isAlive()).isTrue();
    parent.destroyForcibly();

    Await.until("it has ended", Duration.ofSeconds(10), () -> !child.isAlive());
  }
}
