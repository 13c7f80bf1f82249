package io.hydra.manager.kubernetes;

import io.hydra.manager.apiserver.Followed;
import java.util.HashSet;
import java.util.Set;

/** Waits for the first list of each kind that is followed. */
final class FirstLists {
  private final Set<Followed> told = new HashSet<>();
  private final int expected;
  private final Runnable complete;

  /**
   * @param complete is run once
   */
  FirstLists(int expected, Runnable complete) {
    this.expected = expected;
    this.complete = complete;
  }

  /** A kind was listed; again, where the API server has forgotten what was seen last. */
  synchronized void told(Followed kind) {
    if (told.add(kind) && told.size() == expected) {
      complete.run();
    }
  }
}
