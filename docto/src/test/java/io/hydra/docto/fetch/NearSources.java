package io.hydra.docto.fetch;

import io.hydra.docto.config.FetchConfig;
import io.hydra.docto.config.S3Config;
import io.hydra.docto.config.Settings;
import io.hydra.docto.config.SourcesConfig;
import java.util.Map;

/** Sources that need no network, for tests elsewhere. */
public final class NearSources {
  private NearSources() {}

  public static Sources create() {
    return new Sources(
        Settings.of(SourcesConfig.class, Map.of()),
        Settings.of(S3Config.class, Map.of()),
        Settings.of(FetchConfig.class, Map.of()),
        () -> {});
  }
}
