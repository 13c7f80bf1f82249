package io.hydra.manager.inject;

import java.util.List;

/** What came of a pod's annotations. */
sealed interface Reading {
  /**
   * @param doubts what is strange but does no harm
   */
  record Understood(Wish wish, List<String> doubts) implements Reading {
    public Understood {
      doubts = List.copyOf(doubts);
    }
  }

  /** What has to be changed before the pod can serve. */
  record Objected(List<String> objections) implements Reading {
    public Objected {
      objections = List.copyOf(objections);
    }
  }
}
