package io.hydra.appman.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long a reload may take. */
@ConfigMapping(prefix = "hydra.reload")
public interface ReloadConfig {
  /** Longest time from the switch of {@code current} until the application is ready with it. */
  @WithDefault("2m")
  Duration deadline();
}
