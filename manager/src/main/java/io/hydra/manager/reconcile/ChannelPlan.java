package io.hydra.manager.reconcile;

import io.hydra.manager.assign.NodeContribution;
import io.hydra.manager.assign.Preparation;
import io.hydra.manager.rollout.Attempt;
import io.hydra.manager.rollout.RolloutPlan;
import io.hydra.manager.rollout.RolloutSummary;
import io.hydra.manager.rollout.Staging;
import io.hydra.model.InstanceId;
import io.hydra.model.NodeName;
import io.hydra.model.Release;
import io.hydra.model.ReleaseRef;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * What follows for one channel, and what the next plan must remember.
 *
 * @param target that it aims at
 * @param staging of the release that is to be the head next, if there is one
 * @param orders for the instances that shall be told something; the others keep what they have
 * @param attempts by instance
 * @param preparations of the nodes that take part, for the target
 */
public record ChannelPlan(
    Optional<Release> target,
    RolloutPlan rollout,
    RolloutSummary summary,
    Optional<Staging> staging,
    Map<InstanceId, InstanceOrder> orders,
    Map<InstanceId, Attempt> attempts,
    SortedMap<NodeName, NodeContribution> contributions,
    SortedMap<NodeName, Preparation> preparations) {

  /** Where a release is live, whether instances are there or not. */
  Set<NodeName> nodesWithLive() {
    return contributions.entrySet().stream()
        .filter(entry -> entry.getValue().live().isPresent())
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  public Optional<ReleaseRef> liveOn(NodeName node) {
    return Optional.ofNullable(contributions.get(node))
        .flatMap(NodeContribution::live)
        .map(Release::ref);
  }

  /** Whether somebody has not arrived yet, so that time alone may change the plan. */
  boolean isUnderWay() {
    return attempts.values().stream().anyMatch(attempt -> !attempt.reached());
  }
}
