package io.hydra.manager.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Set;

/** What this manager is. */
@ConfigMapping(prefix = "hydra")
public interface ManagerConfig {
  /** The environments that it serves; channels of others are refused. */
  @WithDefault("prod")
  Set<String> environments();
}
