package io.hydra.wire;

import java.time.Instant;
import java.util.List;

/**
 * What uptime windows are going to do if nobody else changes anything.
 *
 * @param now from when on
 * @param enabled whether the manager does it; else this is what it would do, as far as it knows
 * @param complete whether the manager knows all workloads; until then it does nothing
 * @param workloads that it may scale, by namespace
 * @param steps by time
 */
public record UptimeForecast(
    Instant now,
    boolean enabled,
    boolean complete,
    List<UptimeWorkload> workloads,
    List<UptimeStep> steps) {
  public UptimeForecast {
    workloads = List.copyOf(workloads);
    steps = List.copyOf(steps);
  }
}
