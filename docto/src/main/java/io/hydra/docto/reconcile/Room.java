package io.hydra.docto.reconcile;

/** Whether there is space for something now. */
sealed interface Room {
  record Enough() implements Room {}

  /** What leaves makes room for it. */
  record Coming() implements Room {}

  /**
   * @param why for people, with the numbers
   */
  record Lacking(String why) implements Room {}
}
