package io.hydra.wire;

import io.hydra.model.NodeName;
import io.hydra.model.ReleaseRef;
import io.hydra.model.ScopeName;
import java.util.List;
import java.util.Optional;

/**
 * A channel, its rollout, and everyone who takes part.
 *
 * @param rollout of all instances, each towards its own target; {@code target} is that of no scope
 * @param staged what is to be the head next, and what it waits for
 * @param scopes where the channel has any: how far each part of it is, the last being what no scope
 *     has
 */
public record ChannelStatus(
    ChannelView channel,
    RolloutView rollout,
    Optional<StagedView> staged,
    List<ScopeStatus> scopes,
    List<NodeProgress> nodes,
    List<InstanceView> instances) {
  public ChannelStatus {
    // An older manager knows nothing of them.
    scopes = Optional.ofNullable(scopes).map(List::copyOf).orElse(List.of());
    nodes = List.copyOf(nodes);
    instances = List.copyOf(instances);
  }

  /** What the instance should be on, by the scope that its node is in. */
  public Optional<ReleaseRef> targetOf(InstanceView instance) {
    return targetIn(scopeOf(instance.registration().node()));
  }

  /** Empty for a node that no scope has. */
  public Optional<ScopeName> scopeOf(NodeName node) {
    return nodes.stream()
        .filter(progress -> progress.node().equals(node))
        .findFirst()
        .flatMap(NodeProgress::scope);
  }

  /**
   * @param scope empty for what no scope has
   */
  public Optional<ReleaseRef> targetIn(Optional<ScopeName> scope) {
    return scopes.stream()
        .filter(part -> part.name().equals(scope))
        .findFirst()
        .map(part -> part.rollout().target())
        .orElseGet(rollout::target);
  }
}
