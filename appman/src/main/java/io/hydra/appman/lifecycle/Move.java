package io.hydra.appman.lifecycle;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.hydra.wire.Grant;

/**
 * Where an instance is going, and why it may.
 *
 * @param epoch of the grant; 0 when the instance returns to its own last good release
 * @param letGo whether the application must let go of its data before the new data can be there
 */
public record Move(long epoch, ReleaseSet target, boolean letGo) {
  public static Move by(Grant grant) {
    return new Move(
        grant.epoch(), new ReleaseSet(grant.release(), grant.datasets()), grant.letGo());
  }

  /** Back to what was good before, which needs nobody's permission. */
  public static Move restoring(ReleaseSet lastGood) {
    return new Move(0, lastGood, false);
  }

  /** Whether the manager ordered it. Only then does a failure speak against the release. */
  @JsonIgnore
  public boolean granted() {
    return epoch > 0;
  }

  /** Whether both lead to the same place in the same manner, whatever their epochs. */
  public boolean sameWayAs(Move other) {
    return target.equals(other.target) && letGo == other.letGo;
  }
}
