package io.hydra.manager.rest;

import jakarta.enterprise.context.RequestScoped;
import java.time.Duration;

/** How long a long poll still has to wait once it has its thread: not at all if it has waited. */
@RequestScoped
class Patience {
  private boolean waited;

  void hasWaited() {
    waited = true;
  }

  /**
   * @throws io.hydra.error.HydraException {@code INVALID_REQUEST} where the wait is none
   */
  Duration left(String wait) {
    var wanted = WaitTime.parse(wait);
    return waited ? Duration.ZERO : wanted;
  }
}
