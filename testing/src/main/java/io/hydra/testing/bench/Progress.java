package io.hydra.testing.bench;

/** Tells people how far a run is, until it ends. */
final class Progress {
  private volatile boolean ended;

  void say(String line) {
    if (!ended) {
      System.err.println(line);
    }
  }

  /** From now on nothing is told: what fails then fails because programs are ended. */
  void end() {
    ended = true;
  }
}
