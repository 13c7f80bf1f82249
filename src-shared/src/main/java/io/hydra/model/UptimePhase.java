package io.hydra.model;

import java.time.Instant;
import java.util.Optional;

/** What uptime windows say of a moment. */
public sealed interface UptimePhase {
  /** When it ends; empty where that is weeks away, or never. */
  Optional<Instant> until();

  /** Within a window. */
  record Up(Optional<Instant> since, Optional<Instant> until) implements UptimePhase {}

  /** Outside of all windows. */
  record Down(Instant since, Optional<Instant> until) implements UptimePhase {}
}
