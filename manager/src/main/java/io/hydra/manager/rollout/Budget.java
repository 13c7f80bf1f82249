package io.hydra.manager.rollout;

/** How many instances may be out of service, and how many are. */
final class Budget {
  private final int limit;
  private int unavailable;
  private int moving;

  Budget(int limit, int unavailable, int moving) {
    this.limit = limit;
    this.unavailable = unavailable;
    this.moving = moving;
  }

  int limit() {
    return limit;
  }

  /**
   * Takes what a move of several instances at once costs, if there is so much left. Those that are
   * out already cost nothing, but no more than the limit move at a time.
   *
   * @param available how many of them take traffic at present
   */
  boolean take(int instances, int available) {
    if (moving + instances > limit || (available > 0 && unavailable + available > limit)) {
      return false;
    }
    moving += instances;
    unavailable += available;
    return true;
  }
}
