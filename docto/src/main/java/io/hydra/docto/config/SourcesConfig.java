package io.hydra.docto.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Which sources may be read; the same keys as the manager's. */
@ConfigMapping(prefix = "hydra.sources")
public interface SourcesConfig {
  /** Buckets that may be read; {@code *} allows all. */
  @WithDefault("*")
  List<String> allowedBuckets();

  /** Directories below which {@code file://} sources may lie. Default: none. */
  Optional<List<Path>> fileRoots();
}
