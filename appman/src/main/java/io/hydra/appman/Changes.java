package io.hydra.appman;

import io.hydra.appman.pace.Signal;

/**
 * Wakes those who act on changes.
 *
 * @param conductor may have another step to take
 * @param reporter may have something to tell
 */
record Changes(Signal conductor, Signal reporter) {
  void happened() {
    conductor.raise();
    reporter.raise();
  }
}
