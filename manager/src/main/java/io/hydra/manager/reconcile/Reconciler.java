package io.hydra.manager.reconcile;

import io.hydra.manager.assign.Holdings;
import io.hydra.manager.assign.NodeContribution;
import io.hydra.manager.assign.Tenant;
import io.hydra.manager.audit.AuditLine;
import io.hydra.manager.channel.Channel;
import io.hydra.manager.channel.Channels;
import io.hydra.manager.discovery.Orchestrator;
import io.hydra.manager.discovery.Roster;
import io.hydra.manager.lead.LeadScoped;
import io.hydra.manager.observe.ObservedCluster;
import io.hydra.manager.rollout.RolloutAction;
import io.hydra.manager.rollout.Staging;
import io.hydra.model.ChannelId;
import io.hydra.model.InstanceId;
import io.hydra.model.NodeName;
import io.hydra.model.Release;
import io.hydra.model.ScopeName;
import io.hydra.wire.Grant;
import io.hydra.wire.HeadChange.Cause;
import io.hydra.wire.InstanceView;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** The tick: brings the orders of all agents in line with what is desired and what was reported. */
@LeadScoped
public class Reconciler {
  private static final Logger LOG = Logger.getLogger(Reconciler.class);

  private final Channels channels;
  private final Roster roster;
  private final ObservedCluster cluster;
  private final Orchestrator orchestrator;
  private final Viewpoint viewpoint;
  private final Plans plans;
  private final DesiredBoard board;
  private final OrderWriter orders;
  private final Housekeeping housekeeping;
  private final ChangeDetector changes;
  private final RolloutMetrics metrics;
  private final Clock clock;

  public Reconciler(
      Channels channels,
      Roster roster,
      ObservedCluster cluster,
      Orchestrator orchestrator,
      Viewpoint viewpoint,
      Plans plans,
      DesiredBoard board,
      OrderWriter orders,
      Housekeeping housekeeping,
      ChangeDetector changes,
      RolloutMetrics metrics,
      Clock clock) {
    this.channels = channels;
    this.roster = roster;
    this.cluster = cluster;
    this.orchestrator = orchestrator;
    this.viewpoint = viewpoint;
    this.plans = plans;
    this.board = board;
    this.orders = orders;
    this.housekeeping = housekeeping;
    this.changes = changes;
    this.metrics = metrics;
    this.clock = clock;
  }

  /** Plans again whatever may have changed. Never called by two threads at a time. */
  public void tick() {
    metrics.time(
        () -> {
          var now = clock.instant();
          if (changes.noticeWhatTimeChanges(now)) {
            housekeeping.forgetTheSilent(now);
            housekeeping.sweep(now);
          }
          orders.renewOutdated();
          changes.agenda().takeChannels().forEach(this::tryToPlan);
          changes.agenda().takeNodes().forEach(this::tryToWrite);
          orders.tellNodes();
        });
  }

  /** One channel's trouble must not keep the others waiting. */
  private void tryToPlan(ChannelId id) {
    try {
      channels.find(id).ifPresentOrElse(v -> plan(v.channel()), () -> withdraw(id));
    } catch (RuntimeException e) {
      LOG.errorf(e, "cannot plan channel=%s; trying again", id);
      changes.agenda().add(id);
    }
  }

  private void tryToWrite(NodeName node) {
    try {
      orders.write(node);
    } catch (RuntimeException e) {
      LOG.errorf(e, "cannot write the order of node=%s; trying again", node);
      changes.agenda().addAllNodes(Set.of(node));
    }
  }

  private void plan(Channel channel) {
    // Before anything is looked at: whoever registers anew from here on waits for the next plan.
    var slots = board.slots(channel.id());
    var plan = ChannelPlanner.plan(viewpoint.of(channel), plans.find(channel.id()));
    changes.agenda().addAllNodes(plans.put(channel.id(), plan));
    for (var part : plan.parts()) {
      part.rollout()
          .rejection()
          .ifPresent(rejection -> reject(channel.id(), part.scope(), rejection));
      part.staging()
          .filter(Staging::due)
          .ifPresent(staging -> promote(channel.id(), part.scope(), staging));
    }
    plan.disruptions().ifPresent(pods -> orchestrator.note(channel.id(), pods));
    plan.orders()
        .forEach(
            (id, order) ->
                Optional.ofNullable(slots.get(id))
                    .filter(slot -> orders.write(slot, order))
                    .ifPresent(slot -> noteOrder(channel.id(), plan, id, order)));
    housekeeping.forgetReleases(channel, plan, clock.instant());
  }

  /** What could not be loaded in one part is not tried in another. */
  private void reject(ChannelId id, Optional<ScopeName> scope, RolloutAction.Reject rejection) {
    long sequence = rejection.release().sequence();
    decide(
        "Channels.reject",
        rejection.release(),
        channel ->
            isHead(channel, scope, sequence)
                ? channel
                    .reject(sequence, rejection.reason(), clock.instant())
                    .changedFrom(channel, clock.instant(), AuditLine.ITSELF, Cause.REJECTED)
                : channel);
    metrics.countRejection(id);
    LOG.warnf(
        "rejected channel=%s release=%s reason=%s",
        id, rejection.release().ref(), rejection.reason());
    changes.agenda().add(id);
  }

  private void decide(String action, Release release, UnaryOperator<Channel> decision) {
    var seen = new AtomicReference<Channel>();
    var after =
        channels
            .update(
                release.channel(),
                channel -> {
                  seen.set(channel);
                  return decision.apply(channel);
                })
            .channel();
    Optional.ofNullable(seen.get())
        .filter(before -> !before.equals(after))
        .ifPresent(before -> AuditLine.ofItself(action, release, before, after).log());
  }

  private static boolean isHead(Channel channel, Optional<ScopeName> scope, long sequence) {
    if (!channel.parts().contains(scope)) {
      return false;
    }
    var part = channel.seenFrom(scope);
    return part.pin().isEmpty() && part.head().filter(h -> h == sequence).isPresent();
  }

  /** What was decided of the newest release that is staged counts only as long as it is that. */
  private void promote(ChannelId id, Optional<ScopeName> scope, Staging staging) {
    var release = staging.release();
    decide(
        "Channels.promote",
        release,
        channel ->
            isStaged(channel, scope, staging)
                ? channel
                    .promoteIn(scope, Optional.of(release.version()))
                    .changedFrom(channel, clock.instant(), AuditLine.ITSELF, Cause.PROMOTED)
                : channel);
    LOG.infof(
        "promoted channel=%s%s release=%s",
        id, scope.map(" scope=%s"::formatted).orElse(""), release.ref());
    changes.agenda().add(id);
  }

  private static boolean isStaged(Channel channel, Optional<ScopeName> scope, Staging staging) {
    if (!channel.parts().contains(scope)) {
      return false;
    }
    var part = channel.seenFrom(scope);
    return part.candidate().filter(staging.release()::equals).isPresent()
        && part.promotion().equals(staging.promotion());
  }

  private void noteOrder(ChannelId channel, ChannelPlan plan, InstanceId id, InstanceOrder order) {
    if (order.release().filter(plan::isTarget).isPresent()) {
      metrics.countGrant(channel);
    }
    LOG.infof(
        "ordered channel=%s instance=%s release=%s letGo=%s",
        channel, id, order.release().map(r -> r.ref().toString()).orElse("none"), order.letGo());
  }

  /** The channel does not exist (any more): nobody moves, and what is loaded stays. */
  private void withdraw(ChannelId id) {
    orchestrator.note(id, List.of());
    var slots = board.slots(id);
    SortedMap<NodeName, NodeContribution> left = new TreeMap<>();
    var instances = roster.instancesOf(id).stream().map(cluster::view).toList();
    instances.stream()
        .collect(Collectors.groupingBy(i -> i.registration().node()))
        .forEach(
            (node, tenants) ->
                left.put(
                    node,
                    plans
                        .of(id, node)
                        .reducedTo(
                            Holdings.loadedBy(tenants.stream().map(Reconciler::tenant).toList()))));
    changes.agenda().addAllNodes(plans.remove(id, left));
    slots.values().stream()
        .filter(slot -> slot.order().grant().isPresent())
        .forEach(slot -> orders.write(slot, new InstanceOrder(Optional.empty(), false)));
  }

  private static Tenant tenant(InstanceView view) {
    return new Tenant(view.registration().id(), view.report(), view.granted().map(Grant::release));
  }
}
