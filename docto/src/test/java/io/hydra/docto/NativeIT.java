package io.hydra.docto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hydra.docto.fakes.Dataset;
import io.hydra.docto.fakes.DoctoProcess;
import io.hydra.docto.fakes.FakeS3;
import io.hydra.docto.fakes.Node;
import io.hydra.model.Manifest;
import io.hydra.model.ManifestFile;
import io.hydra.testing.fakes.FakeManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** What native executables do in ways of their own: hang, crash, and keep memory. */
@EnabledIfSystemProperty(named = "hydra.programs", matches = "native")
class NativeIT {
  private static final int CRASHED = 99;
  private static final int OUT_OF_MEMORY = 3;
  private static final int MORE_FILES_THAN_FIT = 100_000;

  private final FakeManager manager;
  private final FakeS3 s3;
  private final DoctoProcess docto;
  private final Path directory;

  NativeIT(@TempDir Path directory) throws IOException {
    this.directory = directory;
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
  void givenNobodyAsksThenPagesOfTheExecutableAreGivenBack() {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> assertThat(kib("VmRSS")).isPositive().isLessThan(kib("VmHWM") * 3 / 4));

    assertThat(docto.get("/q/health/ready").statusCode()).isEqualTo(200);
  }

  /** See proc_pid_status(5). */
  private long kib(String field) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + docto.pid() + "/status")).stream()
        .filter(line -> line.startsWith(field + ":"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .sum();
  }

  @Test
  void givenACrashThenTheTraceNamesMethodsAndLines() {
    assertThat(docto.get("/q/health/live").statusCode()).isEqualTo(200);

    docto.signal("SEGV");

    assertThat(docto.exitCode()).isEqualTo(CRASHED);
    assertThat(docto.log())
        .contains("caught a segfault")
        .containsPattern("io\\.quarkus\\.runtime\\.Quarkus\\.run\\(Quarkus\\.java:\\d+\\)");
  }

  @Test
  void givenAHeapThatIsTooSmallThenItEndsAndSaysSo() throws IOException {
    var files =
        IntStream.range(0, MORE_FILES_THAN_FIT)
            .mapToObj(i -> new ManifestFile("file-" + i, 1, "etag", Optional.empty(), List.of()))
            .toList();
    var dataset = new Dataset("large", "s3://data/large/", Map.of(), new Manifest(files));

    try (var node =
        new Node(
            Files.createDirectories(directory.resolve("small")), "-Xmx", "20m", "-Xmn", "2m")) {
      node.manager.know(dataset.manifest());
      node.order(dataset.onDisk());

      assertThat(node.docto.exitCode()).isEqualTo(OUT_OF_MEMORY);
      assertThat(node.docto.log()).contains("OutOfMemoryError");
    }
  }
}
