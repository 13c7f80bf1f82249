package io.hydra.manager.explain;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.manager.channel.Channel;
import io.hydra.manager.channel.Channels;
import io.hydra.manager.lead.LeadScoped;
import io.hydra.manager.reconcile.ChannelPicture;
import io.hydra.manager.reconcile.ChannelPlanner;
import io.hydra.manager.reconcile.Plans;
import io.hydra.manager.reconcile.Viewpoint;
import io.hydra.manager.rollout.Staging;
import io.hydra.model.ChannelId;
import io.hydra.model.InstanceId;
import io.hydra.model.NodeName;
import io.hydra.model.Release;
import io.hydra.model.ReleaseVersion;
import io.hydra.wire.Explanation;
import io.hydra.wire.InstanceRegistration;
import io.hydra.wire.InstanceView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tells why a release is or is not somewhere. */
@LeadScoped
public class Explainer {
  private final Channels channels;
  private final Viewpoint viewpoint;
  private final Plans plans;

  public Explainer(Channels channels, Viewpoint viewpoint, Plans plans) {
    this.channels = channels;
    this.viewpoint = viewpoint;
    this.plans = plans;
  }

  /**
   * @param version the target when empty
   * @param node to ask about; ignored when an instance is named
   * @throws HydraException {@code UNKNOWN_CHANNEL}; {@code UNKNOWN_RELEASE} for a version that the
   *     channel never had or has forgotten
   */
  public Explanation explain(
      ChannelId id,
      Optional<ReleaseVersion> version,
      Optional<NodeName> node,
      Optional<InstanceId> instance) {
    var channel = channels.require(id).channel();
    var picture = viewpoint.of(channel);
    var plan = ChannelPlanner.plan(picture, plans.find(id));
    var asked = instance.flatMap(i -> nodeOf(picture, i)).or(() -> node);
    var release =
        version
            .map(v -> known(channel, v))
            .or(() -> asked.map(plan::targetOn).orElseGet(plan::target));
    if (release.isEmpty()) {
      var reasons = new ArrayList<>(plan.staging().stream().map(Staging::reason).toList());
      reasons.addAll(rejections(channel));
      return new Explanation("channel " + id, "There is no release to be on.", reasons);
    }
    var scene = new Scene(picture, plan, release.get());
    return instance
        .map(scene::ofInstance)
        .or(() -> node.map(name -> scene.ofNode(name, plans.ofOthers(name, id).values())))
        .orElseGet(scene::ofChannel);
  }

  private static Optional<NodeName> nodeOf(ChannelPicture picture, InstanceId id) {
    return picture.instances().stream()
        .map(InstanceView::registration)
        .filter(registration -> registration.id().equals(id))
        .map(InstanceRegistration::node)
        .findFirst();
  }

  private static Release known(Channel channel, ReleaseVersion version) {
    try {
      return channel.release(version);
    } catch (HydraException e) {
      throw new HydraException(
          ErrorCode.UNKNOWN_RELEASE,
          "%s: it was never published, or it is older than the %d releases%s that the channel keeps"
              .formatted(
                  e.detail(),
                  channel.settings().retainReleases().orElse(10),
                  channel
                      .settings()
                      .retainFor()
                      .filter(age -> !age.isZero())
                      .map(age -> ", and than those of the last %s,".formatted(age))
                      .orElse("")),
          e.context());
    }
  }

  private static List<String> rejections(Channel channel) {
    return channel.releases().reversed().stream()
        .flatMap(r -> Standing.rejection(channel, r).stream())
        .toList();
  }
}
