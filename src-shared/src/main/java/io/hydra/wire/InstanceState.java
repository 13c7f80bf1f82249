package io.hydra.wire;

/** Where an instance is in its life. */
public enum InstanceState {
  /** It has no data yet. */
  WAITING,
  SERVING,
  /** Out of service by a grant, finishing what it has in hand. */
  DRAINING,
  /** Switching, reloading and checking. */
  RELOADING,
  /** The last reload failed and it could not go back to a good release either. */
  FAILED
}
