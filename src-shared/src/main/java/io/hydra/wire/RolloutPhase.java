package io.hydra.wire;

/** How far a channel's instances are on their way to its target. */
public enum RolloutPhase {
  /** The channel has no release. */
  EMPTY,
  /** No instance can move before its node has the data. */
  FETCHING,
  /** Instances are moving, or the next one is about to. */
  ROLLING,
  /** Nothing moves; {@code reason} says why. */
  BLOCKED,
  /** Every instance serves the target. */
  DONE
}
