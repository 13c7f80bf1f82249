package io.hydra.testing.bench;

import io.hydra.testing.process.Packaged;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Measures what a build takes and makes. */
final class BuiltPrograms {
  private static final List<String> MODULES = List.of("manager", "docto", "appman", "cli");
  private static final double MILLIS = 1000;
  private static final Duration LOOK = Duration.ofMillis(100);

  private final Path root;
  private final Results results;
  private final Packaged natively;

  BuiltPrograms(Path root, Results results) {
    this.root = root;
    this.results = results;
    natively = new Packaged(root, true);
  }

  void measure() {
    MODULES.forEach(this::size);
    MODULES.forEach(this::buildTime);
  }

  private void size(String module) {
    var program = Measure.of(module + ": size (JVM: its package)", "MiB");
    var everything = Measure.of(module + ": size (JVM: with what it needs of the JDK)", "MiB");
    var both = List.of(program, everything);
    results.attempt(
        Side.NATIVE,
        both,
        () -> {
          double executable = Sizes.of(executable(module));
          both.forEach(measure -> results.put(measure, Side.NATIVE, executable));
        });
    results.attempt(
        Side.JVM,
        both,
        () -> {
          double packaged = Sizes.of(root.resolve(module).resolve("target/quarkus-app"));
          results.put(program, Side.JVM, packaged);
          var javaHome = Path.of(System.getProperty("java.home"));
          results.put(everything, Side.JVM, packaged + Sizes.runtime(javaHome));
        });
  }

  private void buildTime(String module) {
    System.out.println("building " + module + " for the JVM …");
    var measure = Measure.of(module + ": build", "s");
    results.attempt(
        Side.NATIVE,
        List.of(measure),
        () -> {
          var noted =
              NativeBuild.of(executable(module))
                  .orElseThrow(() -> new IOException("bin/build-native left no note of it"));
          System.out.println("native build of " + module + ": " + noted.how());
          results.put(measure, Side.NATIVE, (double) noted.seconds());
        });
    results.attempt(
        Side.JVM, List.of(measure), () -> results.put(measure, Side.JVM, packaging(module)));
  }

  /** Seconds that it takes to package a module and what it stands on. */
  private double packaging(String module) throws IOException, InterruptedException {
    var log = Files.createDirectories(root.resolve("target/bench")).resolve("build.log");
    var command = List.of("./mvnw", "-B", "-q", "-DskipTests", "-pl", module, "-am", "package");
    return Child.run(command, root, Map.of(), log, LOOK).time().toMillis() / MILLIS;
  }

  private Path executable(String module) throws IOException {
    var executable = natively.program(module);
    if (Files.notExists(executable)) {
      throw new IOException("not built; see make native");
    }
    return executable;
  }
}
