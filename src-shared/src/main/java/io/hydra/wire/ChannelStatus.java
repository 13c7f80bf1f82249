package io.hydra.wire;

import java.util.List;
import java.util.Optional;

/**
 * A channel, its rollout, and everyone who takes part.
 *
 * @param staged what is to be the head next, and what it waits for
 */
public record ChannelStatus(
    ChannelView channel,
    RolloutView rollout,
    Optional<StagedView> staged,
    List<NodeProgress> nodes,
    List<InstanceView> instances) {
  public ChannelStatus {
    nodes = List.copyOf(nodes);
    instances = List.copyOf(instances);
  }
}
