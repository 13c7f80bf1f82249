package io.hydra.testing.demo;

/**
 * Something that had to hold.
 *
 * @param claim what, as a sentence
 * @param holds whether it did
 * @param evidence the numbers
 */
public record Verdict(String claim, boolean holds, String evidence) {
  @Override
  public String toString() {
    return (holds ? "held    " : "FAILED  ") + claim + ": " + evidence;
  }
}
