package io.hydra.manager.reconcile;

import io.hydra.manager.rollout.RolloutPlan;
import io.hydra.manager.rollout.RolloutSummary;
import io.hydra.manager.rollout.Staging;
import io.hydra.model.Release;
import io.hydra.model.ScopeName;
import java.util.Optional;

/**
 * What follows for one part of a channel, whose consumers shall all be on the same release.
 *
 * @param scope empty for what no scope has
 * @param target that it aims at
 * @param staging of the release that is to be the head next, if there is one
 * @param used whether any node takes part in it
 */
public record PartPlan(
    Optional<ScopeName> scope,
    Optional<Release> target,
    RolloutPlan rollout,
    RolloutSummary summary,
    Optional<Staging> staging,
    boolean used) {

  PartPlan undecided() {
    return new PartPlan(
        scope, target, RolloutPlan.undecided(rollout.pinFailure()), summary, staging, used);
  }
}
