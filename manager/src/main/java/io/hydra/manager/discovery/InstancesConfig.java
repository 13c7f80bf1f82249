package io.hydra.manager.discovery;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long the manager remembers instances, and nodes their data. */
@ConfigMapping(prefix = "hydra.instances")
public interface InstancesConfig {
  /** An instance that was not heard for so long is forgotten. */
  @WithDefault("10m")
  Duration forgetAfter();

  /**
   * How long a node keeps a channel's last good release on disk after its last instance of the
   * channel was forgotten.
   */
  @WithDefault("1h")
  Duration keepData();
}
