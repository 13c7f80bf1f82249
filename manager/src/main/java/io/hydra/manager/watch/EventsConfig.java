package io.hydra.manager.watch;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What is kept for those who watch events. */
@ConfigMapping(prefix = "hydra.events")
public interface EventsConfig {
  /** The newest events that a watcher can go back to; each takes about a kilobyte. */
  @WithDefault("4096")
  int kept();

  /** Streams at a time; more are refused. */
  @WithDefault("200")
  int watchers();
}
