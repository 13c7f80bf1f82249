package io.hydra.manager.config;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.hydra.manager.store.ChannelStore;
import io.hydra.manager.store.EmbeddedStore;
import io.hydra.wire.HydraJson;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Makes what the configuration names. */
@ApplicationScoped
class StoreProducer {
  @Produces
  @Singleton
  ChannelStore store(StoreConfig config) {
    return EmbeddedStore.open(config.file());
  }

  void close(@Disposes ChannelStore store) {
    store.close();
  }

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
