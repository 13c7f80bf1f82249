package io.hydra.manager.reconcile;

import io.hydra.manager.assign.NodeContribution;
import io.hydra.manager.assign.NodePicture;
import io.hydra.manager.assign.Preparation;
import io.hydra.manager.channel.Channel;
import io.hydra.manager.rollout.Attempt;
import io.hydra.manager.rollout.PinFailure;
import io.hydra.manager.rollout.Pod;
import io.hydra.manager.rollout.RolloutSummary;
import io.hydra.manager.rollout.Staging;
import io.hydra.model.InstanceId;
import io.hydra.model.NodeName;
import io.hydra.model.Release;
import io.hydra.model.ReleaseRef;
import io.hydra.model.ScopeName;
import io.hydra.wire.InstanceReport;
import io.hydra.wire.InstanceView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What follows for one channel, and what the next plan must remember.
 *
 * @param channel that was planned
 * @param settled whether everyone was heard who can be
 * @param parts the channel's scopes, in their order, and at last what no scope has
 * @param scopes of the nodes that are in one
 * @param orders for the instances that shall be told something; the others keep what they have
 * @param attempts by instance
 * @param nodes those that take part, and those that left and keep what was live there
 */
public record ChannelPlan(
    Channel channel,
    boolean settled,
    List<PartPlan> parts,
    Map<NodeName, ScopeName> scopes,
    Map<InstanceId, InstanceOrder> orders,
    Map<InstanceId, Attempt> attempts,
    SortedMap<NodeName, NodePlan> nodes) {

  public ChannelPlan {
    parts = List.copyOf(parts);
    scopes = Map.copyOf(scopes);
    // Most channels are at rest, and there are thousands of them.
    orders = orders.isEmpty() ? Map.of() : orders;
    attempts = attempts.isEmpty() ? Map.of() : attempts;
  }

  /** What no scope has. */
  private PartPlan rest() {
    return parts.getLast();
  }

  /** That the instances aim at which are in no scope. */
  public Optional<Release> target() {
    return rest().target();
  }

  /** What the parts aim at that are in use, each once. */
  public List<Release> targets() {
    return inUse().flatMap(part -> part.target().stream()).distinct().toList();
  }

  private Stream<PartPlan> inUse() {
    return parts.stream().filter(part -> part.used() || parts.size() == 1);
  }

  /** Whether any part aims at it. */
  public boolean isTarget(Release release) {
    return parts.stream().anyMatch(part -> part.target().filter(release::equals).isPresent());
  }

  /** That the node and its instances aim at. */
  public Optional<Release> targetOn(NodeName node) {
    return partOf(node).target();
  }

  /** Whether the instance serves what it should be on. */
  public boolean isOnTarget(InstanceView instance) {
    var target = targetOn(instance.registration().node()).map(Release::ref);
    return target.isPresent() && instance.report().flatMap(InstanceReport::serving).equals(target);
  }

  public PartPlan partOf(NodeName node) {
    var scope = Optional.ofNullable(scopes.get(node));
    return parts.stream().filter(part -> part.scope().equals(scope)).findFirst().orElse(rest());
  }

  /** What is staged, wherever it is. */
  public List<Staging> staging() {
    return parts.stream().flatMap(part -> part.staging().stream()).toList();
  }

  public RolloutSummary summary() {
    var summaries = new LinkedHashMap<Optional<ScopeName>, RolloutSummary>();
    inUse().forEach(part -> summaries.put(part.scope(), part.summary()));
    return summaries.isEmpty() ? rest().summary() : RolloutSummary.of(summaries);
  }

  /** What the part's last plan gave. */
  Optional<PinFailure> pinFailure(Optional<ScopeName> scope) {
    return parts.stream()
        .filter(part -> part.scope().equals(scope))
        .findFirst()
        .flatMap(part -> part.rollout().pinFailure());
  }

  /**
   * Pods that are out of traffic by order or about to be, for the cluster's disruption budgets;
   * empty when it is as it was.
   */
  Optional<List<Pod>> disruptions() {
    // The parts take from one allowance: the last one knows all that was taken before.
    return parts.reversed().stream()
        .flatMap(part -> part.rollout().disruptions().stream())
        .findFirst();
  }

  /** Where a release is live, whether instances are there or not. */
  Set<NodeName> nodesWithLive() {
    return nodes.entrySet().stream()
        .filter(entry -> entry.getValue().contribution().live().isPresent())
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  public Optional<ReleaseRef> liveOn(NodeName node) {
    return contributionOn(node).live().map(Release::ref);
  }

  /** What the channel wants of the node. */
  public NodeContribution contributionOn(NodeName node) {
    return Optional.ofNullable(nodes.get(node))
        .map(NodePlan::contribution)
        .orElse(NodeContribution.NOTHING);
  }

  /** How far the node is with its target; empty where it takes no part or has none. */
  public Optional<Preparation> preparationOn(NodeName node) {
    return Optional.ofNullable(nodes.get(node)).flatMap(NodePlan::preparation);
  }

  /**
   * What this plan says of a node without instances where nothing has changed since: the same
   * follows again.
   */
  Optional<NodePlan> stillOn(NodePicture node, ChannelPicture now) {
    return Optional.ofNullable(nodes.get(node.name()))
        .filter(plan -> plan.alone().filter(node.basis()::equals).isPresent())
        .filter(
            plan ->
                settled == now.settled()
                    && channel.equals(now.channel())
                    && Optional.ofNullable(scopes.get(node.name()))
                        .equals(now.scopeOf(node.name())));
  }

  /** Whether somebody has not arrived yet, so that time alone may change the plan. */
  boolean isUnderWay() {
    return attempts.values().stream().anyMatch(attempt -> !attempt.reached());
  }
}
