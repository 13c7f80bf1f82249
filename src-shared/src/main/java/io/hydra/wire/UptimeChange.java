package io.hydra.wire;

/** What is done with a workload by its uptime. */
public enum UptimeChange {
  /** It is scaled to zero. */
  DOWN,
  /** Nodes begin to fetch its data. */
  PREFETCH,
  /** It is scaled back. */
  UP
}
