package io.hydra.manager.explain;

import io.hydra.error.ErrorCode;
import io.hydra.manager.assign.NodePicture;
import io.hydra.manager.assign.Preparation;
import io.hydra.manager.channel.Channel;
import io.hydra.manager.channel.ChannelViews;
import io.hydra.manager.channel.Channels;
import io.hydra.manager.lead.LeadScoped;
import io.hydra.manager.reconcile.ChannelPicture;
import io.hydra.manager.reconcile.ChannelPlan;
import io.hydra.manager.reconcile.ChannelPlanner;
import io.hydra.manager.reconcile.Plans;
import io.hydra.manager.reconcile.Viewpoint;
import io.hydra.manager.rollout.RolloutSummary;
import io.hydra.manager.rollout.Staging;
import io.hydra.model.ChannelId;
import io.hydra.model.Release;
import io.hydra.wire.ChannelStatus;
import io.hydra.wire.Connection;
import io.hydra.wire.Fault;
import io.hydra.wire.InstanceState;
import io.hydra.wire.InstanceView;
import io.hydra.wire.NodeProgress;
import io.hydra.wire.RolloutView;
import io.hydra.wire.ScopeStatus;
import java.util.List;
import java.util.Optional;

/**
 * Reads how far a channel's rollout is. It plans afresh from the newest reports, without carrying
 * anything out, so that an answer never tells of a release before the one just published.
 */
@LeadScoped
public class StatusReader {
  private final Channels channels;
  private final Viewpoint viewpoint;
  private final Plans plans;

  public StatusReader(Channels channels, Viewpoint viewpoint, Plans plans) {
    this.channels = channels;
    this.viewpoint = viewpoint;
    this.plans = plans;
  }

  /**
   * @throws io.hydra.error.HydraException {@code UNKNOWN_CHANNEL}
   */
  public ChannelStatus status(ChannelId id) {
    var versioned = channels.require(id);
    var channel = versioned.channel();
    var picture = viewpoint.of(channel);
    var plan = ChannelPlanner.plan(picture, plans.find(id));
    return new ChannelStatus(
        ChannelViews.of(versioned),
        rollout(picture.instances(), plan, plan.target(), plan.summary()),
        plan.parts().getLast().staging().map(Staging::view),
        scopes(channel, picture, plan),
        picture.nodes().values().stream().map(node -> progress(node, plan)).toList(),
        picture.instances());
  }

  private static List<ScopeStatus> scopes(
      Channel channel, ChannelPicture picture, ChannelPlan plan) {
    if (channel.scopeSettings().isEmpty()) {
      return List.of();
    }
    return plan.parts().stream()
        .map(
            part ->
                new ScopeStatus(
                    part.scope(),
                    rollout(
                        picture.instances().stream()
                            .filter(i -> plan.partOf(i.registration().node()).equals(part))
                            .toList(),
                        plan,
                        part.target(),
                        part.summary()),
                    part.staging().map(Staging::view)))
        .toList();
  }

  private static RolloutView rollout(
      List<InstanceView> instances,
      ChannelPlan plan,
      Optional<Release> target,
      RolloutSummary summary) {
    var present =
        instances.stream()
            .filter(instance -> instance.connection() == Connection.CONNECTED)
            .toList();
    long onTarget = present.stream().filter(instance -> isOnTarget(instance, plan)).count();
    return new RolloutView(
        summary.phase(),
        target.map(Release::ref),
        instances.size(),
        (int) onTarget,
        (int) present.stream().filter(StatusReader::isReady).count(),
        summary.reason());
  }

  private static boolean isOnTarget(InstanceView instance, ChannelPlan plan) {
    return plan.isOnTarget(instance)
        && instance.report().filter(r -> r.state() == InstanceState.SERVING).isPresent();
  }

  private static boolean isReady(InstanceView instance) {
    return instance.report().filter(report -> report.ready()).isPresent();
  }

  private static NodeProgress progress(NodePicture node, ChannelPlan plan) {
    var target = plan.targetOn(node.name());
    long total =
        target.stream().flatMap(r -> r.datasets().stream()).mapToLong(d -> d.bytes()).sum();
    var fetching = target.flatMap(r -> node.inventory().map(i -> Preparation.fetching(r, i)));
    return new NodeProgress(
        node.name(),
        node.connection(),
        target.filter(node::has).isPresent(),
        fetching.map(Preparation.Fetching::readyBytes).orElse(0L),
        total,
        fetching.flatMap(Preparation.Fetching::fault).or(() -> refusal(node, plan)),
        plan.partOf(node.name()).scope());
  }

  private static Optional<Fault> refusal(NodePicture node, ChannelPlan plan) {
    return plan.preparationOn(node.name())
        .filter(Preparation.Impossible.class::isInstance)
        .map(Preparation.Impossible.class::cast)
        .map(impossible -> new Fault(ErrorCode.INSUFFICIENT_SPACE, impossible.reason()));
  }
}
