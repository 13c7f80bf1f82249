package io.hydra.manager.explain;

import io.hydra.manager.channel.Channel;
import io.hydra.manager.lead.LeadScoped;
import io.hydra.manager.observe.FetchSpeed;
import io.hydra.manager.reconcile.ChannelPlan;
import io.hydra.manager.reconcile.ChannelPlanner;
import io.hydra.manager.reconcile.Plans;
import io.hydra.manager.reconcile.Viewpoint;
import io.hydra.model.Release;
import io.hydra.wire.InstanceOutlook;
import io.hydra.wire.NodeOutlook;
import io.hydra.wire.ReleasePlan;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Tells what a release would lead to if it were published now. Nothing changes by it. */
@LeadScoped
public class Foresight {
  private final Viewpoint viewpoint;
  private final Plans plans;
  private final FetchSpeed speed;

  public Foresight(Viewpoint viewpoint, Plans plans, FetchSpeed speed) {
    this.viewpoint = viewpoint;
    this.plans = plans;
    this.speed = speed;
  }

  /**
   * @param now the channel without the publish
   * @param release that the publish would append to it, or that it has
   */
  public ReleasePlan of(Channel now, Release release) {
    var id = now.id();
    boolean known = now.releases().contains(release);
    var then = known ? now : now.append(release, Optional.empty());
    var picture = viewpoint.of(then);
    var before = plans.find(id);
    var plan = ChannelPlanner.plan(picture, before);
    var swaps = ChannelPlanner.swaps(picture, before, release);
    var planner =
        new OutlookPlanner(
            picture,
            plan,
            swaps,
            release,
            node -> plans.ofOthers(node, id),
            node -> speed.bytesPerSecond(node));
    var nodes = planner.nodes();
    var instances = planner.instances(nodes);
    return new ReleasePlan(
        release,
        !known,
        verdict(then, plan, release, nodes, instances),
        nodes,
        instances,
        swaps.limit(),
        slowest(nodes));
  }

  private static String verdict(
      Channel channel,
      ChannelPlan plan,
      Release release,
      List<NodeOutlook> nodes,
      List<InstanceOutlook> instances) {
    if (!plan.isTarget(release)) {
      return "%s: %s".formatted(stay(channel), why(channel, release));
    }
    if (nodes.isEmpty()) {
      return "no node takes part in the channel: nothing happens until a consumer or a node selector asks for it";
    }
    long possible = nodes.stream().filter(node -> node.fit().possible()).count();
    long reloads = instances.stream().filter(InstanceOutlook::reloads).count();
    return "%d of %d nodes can hold it; %d of %d instances reload"
        .formatted(possible, nodes.size(), reloads, instances.size());
  }

  private static String stay(Channel channel) {
    return channel
        .target()
        .map(target -> "consumers stay on " + target.ref())
        .orElse("consumers stay without a release");
  }

  private static String why(Channel channel, Release release) {
    if (channel.pin().isPresent()) {
      return "the channel is pinned";
    }
    return channel.isStaged(release.sequence())
        ? "this one is staged on the nodes until it is promoted"
        : "this one is not the head";
  }

  private static Optional<Duration> slowest(List<NodeOutlook> nodes) {
    boolean known = nodes.stream().allMatch(node -> node.fetchTime().isPresent());
    return known
        ? nodes.stream().flatMap(n -> n.fetchTime().stream()).max(Comparator.naturalOrder())
        : Optional.empty();
  }
}
