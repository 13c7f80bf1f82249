package io.hydra.wire;

/** How far one copy of a dataset is on a node. */
public enum CopyState {
  /** Not there. */
  ABSENT,
  /** Found at start and not yet checked. */
  UNCERTAIN,
  /** Desired, but waits for its turn, for space, or for a retry. */
  WAITING,
  /** On its way: being fetched to disk, or copied to RAM. */
  MOVING,
  /** All there, being checked. */
  VERIFYING,
  /** Complete, verified and visible. */
  READY,
  /** Being removed: of no use any more, though it may take its space still. */
  EVICTING
}
