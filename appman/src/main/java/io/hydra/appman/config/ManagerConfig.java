package io.hydra.appman.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Where orders come from. */
@ConfigMapping(prefix = "hydra.manager")
public interface ManagerConfig {
  /** Base address of the manager. */
  @WithDefault("http://127.0.0.1:8080")
  String url();

  /**
   * A file with the token that says who this instance is, read anew for each call; none when empty.
   */
  Optional<Path> tokenFile();

  /**
   * How long a starting AppMan without data waits for the manager before it serves the last good
   * release of its node.
   */
  @WithDefault("5s")
  Duration grace();
}
