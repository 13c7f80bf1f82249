package io.hydra.docto.report;

import io.hydra.docto.manager.Standing;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready once the store is open and the last order is taken up; a manager is not needed. */
@Readiness
@Singleton
public final class StoreReadiness implements HealthCheck {
  private final Standing standing;
  private volatile boolean open;

  StoreReadiness(Standing standing) {
    this.standing = standing;
  }

  public void opened() {
    open = true;
  }

  @Override
  public HealthCheckResponse call() {
    var response = HealthCheckResponse.named("store").status(open);
    // What is on the node is served all the same; but somebody should look.
    standing.refusal().ifPresent(why -> response.withData("refused-by-manager", why));
    return response.build();
  }
}
