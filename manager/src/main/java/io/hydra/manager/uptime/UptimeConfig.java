package io.hydra.manager.uptime;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Scaling to zero outside of uptime windows, and back. */
@ConfigMapping(prefix = "hydra.uptime")
public interface UptimeConfig {
  /** Whether windows are heeded. The manager then needs rights that it has not got otherwise. */
  @WithDefault("false")
  boolean enabled();

  /** How long before a window data begins to be fetched at the latest. */
  @WithDefault("5m")
  Duration shortestLead();

  /** How long before a window data begins to be fetched at the earliest. */
  @WithDefault("6h")
  Duration longestLead();

  /** Bytes that a node fetches a second, until this manager has seen one fetch. */
  @WithDefault("20000000")
  long assumedSpeed();

  /**
   * Added to the time by which windows are judged, such as {@code P3DT2H}: to rehearse what happens
   * then.
   */
  @WithDefault("PT0S")
  Duration clockOffset();
}
