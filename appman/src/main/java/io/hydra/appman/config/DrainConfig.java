package io.hydra.appman.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How an instance leaves traffic. */
@ConfigMapping(prefix = "hydra.drain")
public interface DrainConfig {
  /** Least time between readiness DOWN and a reload, so that load balancers notice. */
  @WithDefault("2s")
  Duration settle();

  /** Longest time to wait for requests in hand. */
  @WithDefault("30s")
  Duration deadline();
}
