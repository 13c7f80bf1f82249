package io.hydra.manager.rollout;

import io.hydra.model.InstanceId;
import java.util.List;
import java.util.Optional;

/**
 * What follows from a situation.
 *
 * @param actions at most one for each instance; a rejection stands alone
 * @param pinFailure to be remembered while the release is the target
 * @param disruptions pods that are out of traffic by order or about to be, which the cluster's
 *     disruption budgets that protect them shall know of; empty when it is as it was
 */
public record RolloutPlan(
    List<RolloutAction> actions, Optional<PinFailure> pinFailure, Optional<List<Pod>> disruptions) {
  public RolloutPlan {
    actions = List.copyOf(actions);
    disruptions = disruptions.map(List::copyOf);
  }

  /** Without anything to remember. */
  static RolloutPlan of(List<RolloutAction> actions) {
    return new RolloutPlan(actions, Optional.empty(), Optional.empty());
  }

  /** Of a manager that has not settled: it decides nothing. */
  public static RolloutPlan undecided(Optional<PinFailure> pinFailure) {
    return new RolloutPlan(List.of(), pinFailure, Optional.empty());
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
