package io.hydra.manager.discovery;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long the manager remembers instances. */
@ConfigMapping(prefix = "hydra.instances")
public interface InstancesConfig {
  /** An instance that was not heard for so long is forgotten. */
  @WithDefault("10m")
  Duration forgetAfter();
}
