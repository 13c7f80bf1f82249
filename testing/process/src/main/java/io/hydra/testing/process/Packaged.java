package io.hydra.testing.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Hydra's packaged programs in a checkout.
 *
 * @param root of the checkout
 * @param natively whether the native executables are started instead of the JVM packages
 */
public record Packaged(Path root, boolean natively) {
  /** As the system property {@code hydra.programs} says: {@code jvm} (the default) or native. */
  public static Packaged ofCheckout() {
    return new Packaged(
        Repository.root(), System.getProperty("hydra.programs", "jvm").equals("native"));
  }

  /**
   * A command that starts a module's program.
   *
   * @param heap as for {@code -Xmx}; native executables bring their own limit
   */
  public List<String> command(String module, String heap, Map<String, String> settings) {
    var command = natively ? new ArrayList<String>() : new ArrayList<>(Jvm.command(heap));
    var program = program(module).toString();
    if (natively) {
      command.add(program);
    }
    settings.forEach((key, value) -> command.add("-D" + key + "=" + value));
    if (!natively) {
      command.addAll(List.of("-jar", program));
    }
    return command;
  }

  /** As {@link #command}, but a JVM has the flags of the container image and compiles fully. */
  public List<String> commandOfImage(String module, String heap, Map<String, String> settings) {
    if (natively) {
      return command(module, heap, settings);
    }
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:-UsePerfData", "-XX:+ExitOnOutOfMemoryError", "-Xmx" + heap));
    settings.forEach((key, value) -> command.add("-D" + key + "=" + value));
    command.addAll(List.of("-jar", program(module).toString()));
    return command;
  }

  /** What {@code command} starts; it may not be built. */
  public Path program(String module) {
    var target = root.resolve(module).resolve("target");
    return natively ? executable(target) : target.resolve("quarkus-app/quarkus-run.jar");
  }

  private static Path executable(Path target) {
    try (Stream<Path> built = Files.list(target)) {
      return built
          .filter(file -> file.toString().endsWith("-runner"))
          .findFirst()
          .orElse(target.resolve("NAME-runner"));
    } catch (IOException notBuilt) {
      return target.resolve("NAME-runner");
    }
  }
}
