package io.hydra.appman;

import io.hydra.appman.reload.CurrentLink;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;

/**
 * Up as soon as an application that starts finds a release's data by way of {@code current}, and
 * from then on: what comes later is no matter of the start. As the startup probe of a sidecar it
 * keeps the application's container from being started before.
 */
@Startup
@ApplicationScoped
class StartedCheck implements HealthCheck {
  private final CurrentLink current;
  private volatile boolean up;

  StartedCheck(CurrentLink current) {
    this.current = current;
  }

  @Override
  public HealthCheckResponse call() {
    up = up || current.leadsToData();
    return HealthCheckResponse.named("data").status(up).build();
  }
}
