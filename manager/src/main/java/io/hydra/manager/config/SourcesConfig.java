package io.hydra.manager.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** Where datasets may come from. */
@ConfigMapping(prefix = "hydra.sources")
public interface SourcesConfig {
  /** Names of buckets, or {@code *} for all that the credentials reach. */
  @WithDefault("*")
  Set<String> allowedBuckets();

  /** Folders that {@code file://} sources may lie in; none when empty. */
  Optional<Set<Path>> fileRoots();
}
