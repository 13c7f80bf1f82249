package io.hydra.testing.bench;

import java.util.Optional;

/**
 * Something that is measured on both sides.
 *
 * @param name for people, beginning with the program's name
 * @param unit of all of its numbers
 * @param goal of the native side
 */
record Measure(String name, String unit, Optional<Goal> goal) {
  static Measure of(String name, String unit) {
    return new Measure(name, unit, Optional.empty());
  }

  Measure withGoal(Goal newGoal) {
    return new Measure(name, unit, Optional.of(newGoal));
  }
}
