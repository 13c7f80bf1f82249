package io.hydra.manager.store;

import io.hydra.manager.config.StoreConfig;
import io.hydra.manager.store.consul.ConsulStore;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;

/** Opens the store that is configured, once, and closes it at the end of the program. */
@ApplicationScoped
public class Stores {
  @Produces
  @Unfenced
  @ApplicationScoped
  ChannelStore open(StoreConfig config, Vertx vertx) {
    return switch (config.type()) {
      case EMBEDDED -> EmbeddedStore.open(config.file());
      case CONSUL -> ConsulStore.open(config.consul(), vertx);
    };
  }

  void close(@Disposes @Unfenced ChannelStore store) {
    store.close();
  }

  @Produces
  @ApplicationScoped
  ChannelStore fenced(@Unfenced ChannelStore store, Fence fence) {
    return new FencedStore(store, fence);
  }
}
