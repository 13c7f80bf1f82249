package io.hydra.manager.store;

import io.hydra.manager.config.StoreConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;

/** Opens the store that is configured, once, and closes it at the end of the program. */
@ApplicationScoped
public class Stores {
  @Produces
  @ApplicationScoped
  ChannelStore open(StoreConfig config) {
    return EmbeddedStore.open(config.file());
  }

  void close(@Disposes ChannelStore store) {
    store.close();
  }
}
