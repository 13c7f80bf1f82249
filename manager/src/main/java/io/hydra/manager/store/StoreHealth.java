package io.hydra.manager.store;

import io.hydra.error.HydraException;
import io.hydra.manager.config.StoreConfig;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready while the state can be read: of the embedded store, its file; of Consul, what is in memory,
 * so that answers go on while Consul is gone.
 */
@Readiness
@ApplicationScoped
class StoreHealth implements HealthCheck {
  private static final String NAME = "store";

  private final ChannelStore store;

  private final StoreConfig config;

  StoreHealth(ChannelStore store, StoreConfig config) {
    this.store = store;
    this.config = config;
  }

  @Override
  public HealthCheckResponse call() {
    return switch (config.type()) {
      case EMBEDDED -> ofFile();
      case CONSUL ->
          HealthCheckResponse.named(NAME).up().withData("connected", store.isConnected()).build();
    };
  }

  private HealthCheckResponse ofFile() {
    try {
      // Any key would do: the answer does not matter, only that there is one.
      boolean led = store.get("term").isPresent();
      return HealthCheckResponse.named(NAME).up().withData("led", led).build();
    } catch (HydraException e) {
      return HealthCheckResponse.named(NAME).down().withData("code", e.code().name()).build();
    }
  }
}
