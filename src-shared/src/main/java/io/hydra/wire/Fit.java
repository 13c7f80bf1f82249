package io.hydra.wire;

/** Whether a release would find room on a node. */
public enum Fit {
  /** All of it is there, verified and placed. */
  READY(true),
  /** Beside all that is there. */
  FITS(true),
  /** When what nobody wants any more is evicted. */
  AFTER_EVICTION(true),
  /**
   * Its RAM copies only when the node's instances let go of the old ones: they are drained first.
   */
  AFTER_DRAIN(true),
  DISK_FULL(false),
  RAM_FULL(false),
  /** The node was not heard. */
  UNKNOWN(false);

  private final boolean possible;

  Fit(boolean possible) {
    this.possible = possible;
  }

  public boolean possible() {
    return possible;
  }
}
