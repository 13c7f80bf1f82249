package io.hydra.manager.config;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.hydra.wire.HydraJson;
import io.quarkus.arc.All;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;

/** What every part of the manager takes from outside: the time, and how JSON is written. */
@ApplicationScoped
class Environment {
  @Produces
  @Singleton
  Clock clock() {
    return Clock.systemUTC();
  }

  /** In place of Quarkus' own: a mapper can only be made with its factory. */
  @Produces
  @Singleton
  ObjectMapper mapper(@All List<ObjectMapperCustomizer> customizers) {
    var mapper = new ObjectMapper(HydraJson.factory());
    customizers.stream().sorted().forEach(customizer -> customizer.customize(mapper));
    return mapper;
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
