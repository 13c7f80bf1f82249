package io.hydra.wire;

import java.util.List;

/** A channel, its rollout, and everyone who takes part. */
public record ChannelStatus(
    ChannelView channel,
    RolloutView rollout,
    List<NodeProgress> nodes,
    List<InstanceView> instances) {
  public ChannelStatus {
    nodes = List.copyOf(nodes);
    instances = List.copyOf(instances);
  }
}
