package io.hydra.manager.uptime;

import io.hydra.model.Uptime;
import java.time.Instant;
import java.util.Optional;

/** What holds for a workload. */
sealed interface Rule {
  /**
   * @param source who says so, for people
   */
  record Windows(Uptime uptime, String source) implements Rule {}

  /** Nobody has said anything. */
  record Free() implements Rule {}

  /** It was opted out. */
  record Excluded(Optional<Instant> until) implements Rule {}

  /** What was said cannot be understood, so nothing is done. */
  record Unclear(String why) implements Rule {}
}
