package io.hydra.manager.observe;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How a manager takes the lead. */
@ConfigMapping(prefix = "hydra.leader")
public interface LeaderConfig {
  /**
   * After its start the manager grants nothing and lets nothing be removed until every registered
   * agent was heard, but for no longer than this. A node that comes back after it was lost keeps
   * its data for as long, so that its instances have time to register.
   */
  @WithDefault("15s")
  Duration grace();
}
