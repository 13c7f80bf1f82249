package io.hydra.appman.health;

import io.hydra.appman.lifecycle.InstanceLifecycle;
import io.hydra.appman.lifecycle.Lifecycle;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Takes the instance out of its load balancers unless it serves. */
@ApplicationScoped
@Readiness
public class ReadinessCheck implements HealthCheck {
  private final InstanceReadiness readiness;
  private final Lifecycle lifecycle;

  public ReadinessCheck(InstanceReadiness readiness, Lifecycle lifecycle) {
    this.readiness = readiness;
    this.lifecycle = lifecycle;
  }

  @Override
  public HealthCheckResponse call() {
    var state = lifecycle.snapshot().state();
    var response =
        HealthCheckResponse.named("instance")
            .status(readiness.isUp())
            .withData("state", state.wire().name());
    if (state instanceof InstanceLifecycle.Serving serving) {
      response.withData("release", serving.release().ref().version().value());
    }
    return response.build();
  }
}
