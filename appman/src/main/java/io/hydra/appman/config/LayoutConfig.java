package io.hydra.appman.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/** Where data lies. */
@ConfigMapping(prefix = "hydra")
public interface LayoutConfig {
  /** The node's ROOT, as its Docto has it. */
  @WithDefault("/var/lib/hydra")
  Path root();

  /** The node's RAM_ROOT, as its Docto has it; without one no RAM dataset can be served. */
  Optional<Path> ramRoot();

  /** This instance's own directory: {@code current}, {@code releases/} and {@code state.json}. */
  @WithDefault("data/appman")
  Path dir();
}
