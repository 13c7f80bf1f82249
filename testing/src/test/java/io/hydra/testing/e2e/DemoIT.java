package io.hydra.testing.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.testing.process.Await;
import io.hydra.testing.process.Packaged;
import io.hydra.testing.process.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo as a process. */
class DemoIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Said when all programs run. */
  private static final Pattern STARTED = Pattern.compile("logs in (/.*)/logs");

  private final Path output;
  private final Process demo;

  /** As a shell without job control starts what is to run in the background. */
  DemoIT(@TempDir Path directory) throws IOException {
    output = directory.resolve("output");
    demo =
        new ProcessBuilder("sh", "-c", "trap '' INT; exec testing/demo --once " + programs())
            .directory(Repository.root().toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
  }

  private static String programs() {
    return Packaged.ofCheckout().natively() ? "--native" : "";
  }

  @AfterEach
  void stop() {
    demo.destroyForcibly();
  }

  @Test
  void givenADemoInTheBackground_whenInterrupted_thenItEndsWithAllItsPrograms()
      throws IOException, InterruptedException {
    Await.until(() -> "it has started: " + said(), PATIENCE, () -> STARTED.matcher(said()).find());
    var programs = demo.descendants().toList();
    assertThat(programs).hasSizeGreaterThanOrEqualTo(11).allMatch(ProcessHandle::isAlive);

    var interrupt = List.of("kill", "-INT", Long.toString(demo.pid()));
    assertThat(new ProcessBuilder(interrupt).inheritIO().start().waitFor()).isZero();

    Await.until(() -> "it has ended: " + said(), PATIENCE, () -> !demo.isAlive());
    assertThat(programs).noneMatch(ProcessHandle::isAlive);
    assertThat(said()).containsOnlyOnce("ending all programs");
    assertThat(stage()).doesNotExist();
  }

  private Path stage() {
    var started = STARTED.matcher(said());
    assertThat(started.find()).isTrue();
    return Path.of(started.group(1));
  }

  private String said() {
    try {
      return Files.readString(output);
    } catch (IOException unreadable) {
      return unreadable.toString();
    }
  }
}
