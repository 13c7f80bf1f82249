package io.hydra.manager.observe;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** When an agent counts as gone. */
@ConfigMapping(prefix = "hydra.agents")
public interface AgentsConfig {
  /** An agent that was not heard for so long is lost. Agents report every 2 s. */
  @WithDefault("10s")
  Duration lostAfter();
}
