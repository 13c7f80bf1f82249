package io.hydra.manager.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;

/** Where the manager keeps its state. */
@ConfigMapping(prefix = "hydra.store")
public interface StoreConfig {
  /** The file of the embedded store. Its directory is made where it is missing. */
  @WithDefault("data/manager.mv")
  Path file();
}
