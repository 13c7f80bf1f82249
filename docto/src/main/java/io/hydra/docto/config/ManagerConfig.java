package io.hydra.docto.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Where the manager is and how patiently it is asked. */
@ConfigMapping(prefix = "hydra.manager")
public interface ManagerConfig {
  /** The manager's address. */
  @WithDefault("http://127.0.0.1:8080")
  URI url();

  /** A file with the token that says who this node is, read anew for each call; none when empty. */
  Optional<Path> tokenFile();

  /** How long a long poll for the desired state may take. */
  @WithDefault("30s")
  Duration pollWait();

  /** After how long any other call to the manager is given up. */
  @WithDefault("10s")
  Duration timeout();

  /** The longest pause between two attempts to reach a manager that is gone. */
  @WithDefault("10s")
  Duration retryMax();
}
