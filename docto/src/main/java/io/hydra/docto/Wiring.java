package io.hydra.docto;

import io.hydra.docto.config.StorageConfig;
import io.hydra.layout.NodeLayout;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Objects that are not ours to annotate. */
final class Wiring {
  @Produces
  @Singleton
  Clock clock() {
    return Clock.systemUTC();
  }

  @Produces
  @Singleton
  NodeLayout layout(StorageConfig config) {
    return new NodeLayout(
        config.root().toAbsolutePath().normalize(),
        config.ramRoot().map(ram -> ram.toAbsolutePath().normalize()));
  }
}
