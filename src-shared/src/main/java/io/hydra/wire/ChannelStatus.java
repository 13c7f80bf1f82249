package io.hydra.wire;

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
}
