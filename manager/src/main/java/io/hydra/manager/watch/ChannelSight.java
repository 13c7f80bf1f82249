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
 * @param targets that were planned for, each scope having its own
 * @param onTarget how many instances serve what they should be on
 */
record ChannelSight(
    Optional<Channel> channel,
    Optional<RolloutSummary> summary,
    List<ReleaseRef> targets,
    List<InstanceView> instances,
    long onTarget) {
  static final ChannelSight NOTHING =
      new ChannelSight(Optional.empty(), Optional.empty(), List.of(), List.of(), 0);

  ChannelSight {
    targets = List.copyOf(targets);
    instances = List.copyOf(instances);
  }
}
