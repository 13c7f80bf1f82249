package io.hydra.testing.stage;

import io.hydra.testing.process.Jvm;
import io.hydra.testing.process.Packaged;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The programs of this checkout.
 *
 * @param hydra Hydra's own
 */
public record Programs(Packaged hydra) {
  public static Programs ofCheckout() {
    return new Programs(Packaged.ofCheckout());
  }

  /** The module's program with these settings. */
  public List<String> quarkus(String module, String heap, Map<String, String> settings) {
    return hydra.command(module, heap, settings);
  }

  /** The example service on a port, reading {@code current} at start. */
  public List<String> textAnalysis(int port, Path current) {
    var command = new ArrayList<>(Jvm.command("192m"));
    command.addAll(
        List.of("-jar", textAnalysisJar().toString(), "--port=" + port, "--current=" + current));
    return command;
  }

  /** The command line program; it finds its own Java. */
  public Path cli() {
    return root().resolve("bin/hydra");
  }

  /** What must be built before anything can start, as paths; empty when all is there. */
  public List<Path> missing() {
    var needed = new ArrayList<>(List.of(textAnalysisJar(), cli(), s3Libraries()));
    for (var module : List.of("manager", "docto", "appman", "cli")) {
      needed.add(hydra.program(module));
    }
    return needed.stream().filter(path -> !Files.exists(path)).toList();
  }

  /** Directory that holds the S3 server and its libraries. */
  public Path s3Libraries() {
    return root().resolve("testing/s3mock/target/lib");
  }

  /** Of the checkout. */
  public Path root() {
    return hydra.root();
  }

  private Path textAnalysisJar() {
    return root().resolve("examples/text-analysis/target/text-analysis/text-analysis.jar");
  }
}
