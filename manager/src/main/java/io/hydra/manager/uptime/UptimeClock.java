package io.hydra.manager.uptime;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;

/** The time by which windows are judged. */
@ApplicationScoped
class UptimeClock {
  private final Clock clock;
  private final UptimeConfig config;

  UptimeClock(Clock clock, UptimeConfig config) {
    this.clock = clock;
    this.config = config;
  }

  Instant now() {
    return clock.instant().plus(config.clockOffset());
  }
}
