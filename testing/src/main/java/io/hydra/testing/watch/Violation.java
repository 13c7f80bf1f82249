package io.hydra.testing.watch;

import java.time.Instant;

/** Something that a reader could see and that was not whole. */
public record Violation(Instant at, String what) {
  @Override
  public String toString() {
    return at + " " + what;
  }
}
