package io.hydra.manager.rollout;

import io.hydra.model.InstanceId;
import java.util.List;
import java.util.Optional;

/**
 * What follows from a situation.
 *
 * @param actions at most one for each instance; a rejection stands alone
 * @param pinFailure to be remembered while the release is the target
 */
public record RolloutPlan(List<RolloutAction> actions, Optional<PinFailure> pinFailure) {
  public RolloutPlan {
    actions = List.copyOf(actions);
  }

  public Optional<RolloutAction.Reject> rejection() {
    return actions.stream()
        .filter(RolloutAction.Reject.class::isInstance)
        .map(RolloutAction.Reject.class::cast)
        .findFirst();
  }

  public List<RolloutAction.Hold> holds() {
    return actions.stream()
        .filter(RolloutAction.Hold.class::isInstance)
        .map(RolloutAction.Hold.class::cast)
        .toList();
  }

  public Optional<RolloutAction.Hold> hold(InstanceId instance) {
    return holds().stream().filter(hold -> hold.instance().equals(instance)).findFirst();
  }
}
