package io.hydra.testing.process;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where this checkout lies. */
public final class Repository {
  private Repository() {}

  /**
   * The nearest directory from the working directory upwards that holds all modules.
   *
   * @throws IllegalStateException when started elsewhere
   */
  public static Path root() {
    for (var here = Path.of("").toAbsolutePath(); here != null; here = here.getParent()) {
      if (Files.exists(here.resolve("mvnw")) && Files.isDirectory(here.resolve("src-shared"))) {
        return here;
      }
    }
    throw new IllegalStateException("start this inside of a checkout of Hydra");
  }
}
