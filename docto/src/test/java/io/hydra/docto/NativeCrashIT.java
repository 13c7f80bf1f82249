package io.hydra.docto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hydra.docto.fakes.DoctoProcess;
import io.hydra.docto.fakes.FakeManager;
import io.hydra.docto.fakes.FakeS3;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** What an operator has in hand when a native executable hangs or crashes; the JVM has its own. */
@EnabledIfSystemProperty(named = "hydra.programs", matches = "native")
class NativeCrashIT {
  private final FakeManager manager;
  private final FakeS3 s3;
  private final DoctoProcess docto;

  NativeCrashIT(@TempDir Path directory) throws IOException {
    manager = new FakeManager();
    s3 = new FakeS3();
    docto = DoctoProcess.start(directory, manager, s3);
  }

  @AfterEach
  void end() {
    docto.close();
    manager.close();
    s3.close();
  }

  @Test
  void givenSigquitThenEveryThreadSaysWhereItIsAndAllGoesOn() {
    assertThat(docto.get("/q/health/live").statusCode()).isEqualTo(200);

    docto.signal("QUIT");

    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () ->
                assertThat(docto.log())
                    .contains("\"main\"")
                    .containsPattern(
                        "at io\\.quarkus\\.runtime\\.Quarkus\\.run\\(Quarkus\\.java:\\d+\\)"));
    assertThat(docto.get("/q/health/live").statusCode()).isEqualTo(200);
  }

  @Test
  void givenACrashThenTheTraceNamesMethodsAndLines() {
    assertThat(docto.get("/q/health/live").statusCode()).isEqualTo(200);

    docto.signal("SEGV");

    assertThat(docto.exitCode()).isNotZero();
    assertThat(docto.log())
        .contains("caught a segfault")
        .containsPattern("io\\.quarkus\\.runtime\\.Quarkus\\.run\\(Quarkus\\.java:\\d+\\)");
  }
}
