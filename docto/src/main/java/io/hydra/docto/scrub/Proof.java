package io.hydra.docto.scrub;

/** What came of reading a copy, or a file of it. */
sealed interface Proof {
  record Sound() implements Proof {}

  /**
   * @param reason a sentence that names the file
   */
  record Wrong(String reason) implements Proof {}

  /** The copy went away meanwhile, as copies do that nothing needs any more. */
  record Abandoned() implements Proof {}
}
