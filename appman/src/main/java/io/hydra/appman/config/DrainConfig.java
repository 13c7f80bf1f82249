package io.hydra.appman.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How an instance leaves traffic. */
@ConfigMapping(prefix = "hydra.drain")
public interface DrainConfig {
  /**
   * How long load balancers take to notice a change of readiness: the least time between readiness
   * DOWN and a reload, and between readiness UP and the report that the instance takes traffic.
   */
  @WithDefault("2s")
  Duration settle();

  /** Longest time to wait for requests in hand. */
  @WithDefault("30s")
  Duration deadline();
}
