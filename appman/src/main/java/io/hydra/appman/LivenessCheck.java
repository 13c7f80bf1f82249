package io.hydra.appman;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Down only when AppMan itself is broken, whatever the application does. */
@Liveness
@ApplicationScoped
class LivenessCheck implements HealthCheck {
  private final AppManProgram program;

  LivenessCheck(AppManProgram program) {
    this.program = program;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("appman").status(program.isAlive()).build();
  }
}
