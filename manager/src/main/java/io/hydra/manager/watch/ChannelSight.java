package io.hydra.manager.watch;

import io.hydra.manager.channel.Channel;
import io.hydra.manager.rollout.RolloutSummary;
import io.hydra.model.ReleaseRef;
import io.hydra.wire.InstanceView;
import java.util.List;
import java.util.Optional;

/**
 * What can be seen of a channel at one moment.
 *
 * @param channel empty where there is none
 * @param summary empty until it was planned
 * @param target that was planned for
 */
record ChannelSight(
    Optional<Channel> channel,
    Optional<RolloutSummary> summary,
    Optional<ReleaseRef> target,
    List<InstanceView> instances) {
  static final ChannelSight NOTHING =
      new ChannelSight(Optional.empty(), Optional.empty(), Optional.empty(), List.of());

  ChannelSight {
    instances = List.copyOf(instances);
  }
}
