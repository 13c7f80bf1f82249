package io.hydra.wire;

/** Whether an agent is heard of. */
public enum Connection {
  /** Registered, but this leader has not heard of it yet. */
  EXPECTED,
  CONNECTED,
  /** Not heard of for longer than the configured time. */
  LOST
}
