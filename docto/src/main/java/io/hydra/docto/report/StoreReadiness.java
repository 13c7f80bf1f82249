package io.hydra.docto.report;

import io.hydra.docto.manager.Standing;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready once the store is open and the last order is taken up, while nothing that is live here is
 * known to be corrupt; a manager is not needed.
 */
@Readiness
@Singleton
public final class StoreReadiness implements HealthCheck {
  private final Standing standing;
  private final LiveSoundness soundness;
  private volatile boolean open;

  StoreReadiness(Standing standing, LiveSoundness soundness) {
    this.standing = standing;
    this.soundness = soundness;
  }

  public void opened() {
    open = true;
  }

  @Override
  public HealthCheckResponse call() {
    var corrupt = soundness.corrupt();
    var response = HealthCheckResponse.named("store").status(open && corrupt.isEmpty());
    corrupt.forEach((digest, why) -> response.withData("corrupt-" + digest.brief(), why));
    // What is on the node is served all the same; but somebody should look.
    standing.refusal().ifPresent(why -> response.withData("refused-by-manager", why));
    return response.build();
  }
}
