package io.hydra.testing.traffic;

import java.time.Instant;

/**
 * A request that was not answered as it should be.
 *
 * @param replica that it was sent to; empty when none was ready
 * @param reason one sentence
 */
public record Failure(Instant at, String replica, String reason) {
  @Override
  public String toString() {
    return at + " " + (replica.isEmpty() ? "no replica" : replica) + ": " + reason;
  }
}
