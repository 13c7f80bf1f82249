package io.hydra.manager.feedback;

import io.hydra.manager.channel.Channels;
import io.hydra.manager.kubernetes.PodLedger;
import io.hydra.manager.reconcile.Plans;
import io.hydra.manager.reconcile.Viewpoint;
import io.hydra.model.ChannelId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Draws channels as they stand, with their pods. */
@ApplicationScoped
class Scenes {
  private final Channels channels;
  private final Viewpoint viewpoint;
  private final Plans plans;
  private final PodLedger pods;

  Scenes(Channels channels, Viewpoint viewpoint, Plans plans, PodLedger pods) {
    this.channels = channels;
    this.viewpoint = viewpoint;
    this.plans = plans;
    this.pods = pods;
  }

  /** Empty for a channel that does not exist or was not planned yet. */
  Optional<Scene> of(ChannelId id) {
    return channels
        .find(id)
        .flatMap(
            v ->
                plans
                    .find(id)
                    .map(plan -> new Scene(viewpoint.of(v.channel()), plan, pods.podsOf(id))));
  }

  boolean exists(ChannelId id) {
    return channels.find(id).isPresent();
  }

  Set<ChannelId> channels() {
    return channels.all().stream().map(v -> v.channel().id()).collect(Collectors.toSet());
  }
}
