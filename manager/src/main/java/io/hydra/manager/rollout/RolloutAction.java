package io.hydra.manager.rollout;

import io.hydra.model.InstanceId;
import io.hydra.model.Release;

/** What a rollout does next. An instance that no action names goes on with the order it has. */
public sealed interface RolloutAction {
  /**
   * The instance shall be on this release.
   *
   * @param letGo whether its application must let go of its data first
   */
  record Grant(InstanceId instance, Release release, boolean letGo) implements RolloutAction {}

  /**
   * The instance stays where it is, though that is not the target; an earlier grant is withdrawn.
   */
  record Hold(InstanceId instance, String reason) implements RolloutAction {}

  /** The release is never picked again by itself. */
  record Reject(Release release, String reason) implements RolloutAction {}
}
