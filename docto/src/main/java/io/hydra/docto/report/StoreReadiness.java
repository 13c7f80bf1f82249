package io.hydra.docto.report;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready once the store is open and the last order is taken up; a manager is not needed. */
@Readiness
@Singleton
public final class StoreReadiness implements HealthCheck {
  private volatile boolean open;

  public void opened() {
    open = true;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("store").status(open).build();
  }
}
