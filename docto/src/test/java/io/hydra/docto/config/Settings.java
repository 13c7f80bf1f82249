package io.hydra.docto.config;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;

/** Settings as the program reads them, for tests of its parts. */
public final class Settings {
  private Settings() {}

  /** Those of one concern, with the defaults of all that are not given. */
  public static <T> T of(Class<T> concern, Map<String, String> given) {
    return new SmallRyeConfigBuilder()
        .addDiscoveredConverters()
        .withMapping(concern)
        .withSources(new PropertiesConfigSource(given, "test", 100))
        .build()
        .getConfigMapping(concern);
  }
}
