package io.hydra.appman.health;

import io.hydra.appman.lifecycle.InstanceLifecycle;
import io.hydra.appman.lifecycle.Lifecycle;
import io.hydra.appman.target.ManagerConnection;
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
  private final ManagerConnection manager;

  public ReadinessCheck(
      InstanceReadiness readiness, Lifecycle lifecycle, ManagerConnection manager) {
    this.readiness = readiness;
    this.lifecycle = lifecycle;
    this.manager = manager;
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
    // It goes on serving what it has; but somebody should look.
    manager.standing().refusal().ifPresent(why -> response.withData("refused-by-manager", why));
    return response.build();
  }
}
