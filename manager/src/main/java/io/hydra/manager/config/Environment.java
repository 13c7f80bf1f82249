package io.hydra.manager.config;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.hydra.wire.HydraJson;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** What every part of the manager takes from outside: the time, and how JSON is written. */
@ApplicationScoped
class Environment {
  @Produces
  @Singleton
  Clock clock() {
    return Clock.systemUTC();
  }

  /** The manager writes and reads JSON as all parts of Hydra do. */
  @Singleton
  static class Json implements ObjectMapperCustomizer {
    @Override
    public void customize(ObjectMapper mapper) {
      HydraJson.configure(mapper);
    }
  }
}
