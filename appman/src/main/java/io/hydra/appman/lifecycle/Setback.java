package io.hydra.appman.lifecycle;

import io.hydra.model.ReleaseRef;
import io.hydra.wire.Fault;

/**
 * A release that failed here.
 *
 * @param epoch of the grant that it failed under; while there is anything else to serve, only a
 *     newer grant makes it worth another try
 */
public record Setback(ReleaseRef release, long epoch, Fault fault) {

  /** Whether carrying out the move would repeat what has failed already. */
  public boolean speaksAgainst(Move move) {
    return release.equals(move.target().ref()) && move.epoch() <= epoch;
  }

  /** Whether it is history once the release is served. */
  public boolean isOvercomeBy(ReleaseRef served) {
    return served.sequence() >= release.sequence();
  }
}
