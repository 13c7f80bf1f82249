package io.hydra.docto.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How what lies on the node is read again in the background. */
@ConfigMapping(prefix = "hydra.scrub")
public interface ScrubConfig {
  /** After how long, at the latest, each copy is read again; {@code 0} for never. */
  @WithDefault("7d")
  Duration every();

  /** What is read a second, at most, of all copies together. */
  @WithDefault("20MiB")
  ByteSize bytesPerSecond();
}
