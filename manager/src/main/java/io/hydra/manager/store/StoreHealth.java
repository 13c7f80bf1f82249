package io.hydra.manager.store;

import io.hydra.error.HydraException;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while the state can be read. */
@Readiness
@ApplicationScoped
class StoreHealth implements HealthCheck {
  private static final String NAME = "store";

  private final ChannelStore store;

  StoreHealth(ChannelStore store) {
    this.store = store;
  }

  @Override
  public HealthCheckResponse call() {
    try {
      // Any key would do: the answer does not matter, only that there is one.
      boolean led = store.get("term").isPresent();
      return HealthCheckResponse.named(NAME).up().withData("led", led).build();
    } catch (HydraException e) {
      return HealthCheckResponse.named(NAME).down().withData("code", e.code().name()).build();
    }
  }
}
