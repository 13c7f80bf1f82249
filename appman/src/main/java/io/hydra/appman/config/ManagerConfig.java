package io.hydra.appman.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Where orders come from. */
@ConfigMapping(prefix = "hydra.manager")
public interface ManagerConfig {
  /** Base address of the manager. */
  @WithDefault("http://127.0.0.1:8080")
  String url();

  /**
   * How long a starting AppMan without data waits for the manager before it serves the last good
   * release of its node.
   */
  @WithDefault("5s")
  Duration grace();
}
