package io.hydra.testing.stage;

import io.hydra.testing.process.Jvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The packaged programs of this checkout.
 *
 * @param root of the checkout
 * @param natively whether the native executables are started instead of the JVM packages
 */
public record Programs(Path root, boolean natively) {
  /** As the system property {@code hydra.programs} says: {@code jvm} (the default) or native. */
  public static Programs ofCheckout() {
    return new Programs(
        Repository.root(), System.getProperty("hydra.programs", "jvm").equals("native"));
  }

  /** The module's Quarkus program with these settings. */
  public List<String> quarkus(String module, String heap, Map<String, String> settings) {
    var command = new ArrayList<String>();
    var properties =
        settings.entrySet().stream()
            .map(setting -> "-D" + setting.getKey() + "=" + setting.getValue())
            .toList();
    if (natively) {
      command.add(runner(module).orElseThrow().toString());
      command.addAll(properties);
      return command;
    }
    command.addAll(Jvm.command(heap));
    command.addAll(properties);
    command.add("-jar");
    command.add(jar(module).toString());
    return command;
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
    return root.resolve("bin/hydra");
  }

  /** What must be built before anything can start, as paths; empty when all is there. */
  public List<Path> missing() {
    var needed = new ArrayList<>(List.of(textAnalysisJar(), cli(), s3Libraries()));
    for (var module : List.of("manager", "docto", "appman")) {
      needed.add(
          natively
              ? runner(module).orElse(root.resolve(module).resolve("target/*-runner"))
              : jar(module));
    }
    return needed.stream().filter(path -> !Files.exists(path)).toList();
  }

  /** Directory that holds the S3 server and its libraries. */
  public Path s3Libraries() {
    return root.resolve("testing/s3mock/target/lib");
  }

  private Path textAnalysisJar() {
    return root.resolve("examples/text-analysis/target/text-analysis/text-analysis.jar");
  }

  private Path jar(String module) {
    return root.resolve(module).resolve("target/quarkus-app/quarkus-run.jar");
  }

  private Optional<Path> runner(String module) {
    try (Stream<Path> built = Files.list(root.resolve(module).resolve("target"))) {
      return built.filter(file -> file.toString().endsWith("-runner")).findFirst();
    } catch (IOException notBuilt) {
      return Optional.empty();
    }
  }
}
