package io.hydra.manager.store;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;

/** Where the manager's state lies. */
@ConfigMapping(prefix = "hydra.store")
public interface StoreConfig {
  /** The embedded store's file; it and its directory are made where missing. */
  @WithDefault("data/manager.mv")
  Path file();
}
