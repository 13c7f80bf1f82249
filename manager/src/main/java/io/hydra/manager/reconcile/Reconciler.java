package io.hydra.manager.reconcile;

import io.hydra.manager.assign.Holdings;
import io.hydra.manager.assign.NodeContribution;
import io.hydra.manager.assign.Tenant;
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
import io.hydra.wire.Grant;
import io.hydra.wire.HeadChange.Cause;
import io.hydra.wire.InstanceView;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** The tick: brings the orders of all agents in line with what is desired and what was reported. */
@LeadScoped
public class Reconciler {
  private static final Logger LOG = Logger.getLogger(Reconciler.class);

  /** Whom a channel's history names where no person has decided. */
  private static final String ITSELF = "hydra";

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
            housekeeping.sweepManifests(now);
          }
          orders.renewOutdated();
          changes.agenda().takeChannels().forEach(this::tryToPlan);
          changes.agenda().takeNodes().forEach(this::tryToWrite);
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
    plan.rollout().rejection().ifPresent(rejection -> reject(channel, rejection));
    plan.staging().filter(Staging::due).ifPresent(staging -> promote(channel, staging));
    plan.rollout().disruptions().ifPresent(pods -> orchestrator.note(channel.id(), pods));
    plan.orders()
        .forEach(
            (id, order) ->
                Optional.ofNullable(slots.get(id))
                    .filter(slot -> orders.write(slot, order))
                    .ifPresent(slot -> noteOrder(channel, id, order)));
    housekeeping.forgetReleases(channel, plan, clock.instant());
    metrics.observe(channel, plan, cluster, roster);
  }

  private void reject(Channel planned, RolloutAction.Reject rejection) {
    long sequence = rejection.release().sequence();
    channels.update(
        planned.id(),
        channel ->
            channel.pin().isEmpty() && channel.head().filter(h -> h == sequence).isPresent()
                ? channel
                    .reject(sequence, rejection.reason(), clock.instant())
                    .changedFrom(channel, clock.instant(), ITSELF, Cause.REJECTED)
                : channel);
    metrics.countRejection(planned.id());
    LOG.warnf(
        "rejected channel=%s release=%s reason=%s",
        planned.id(), rejection.release().ref(), rejection.reason());
    changes.agenda().add(planned.id());
  }

  /** What was decided of the newest release that is staged counts only as long as it is that. */
  private void promote(Channel planned, Staging staging) {
    var release = staging.release();
    channels.update(
        planned.id(),
        channel ->
            channel.candidate().filter(release::equals).isPresent()
                    && channel.promotion().equals(planned.promotion())
                ? channel
                    .promote(Optional.of(release.version()))
                    .changedFrom(channel, clock.instant(), ITSELF, Cause.PROMOTED)
                : channel);
    LOG.infof("promoted channel=%s release=%s", planned.id(), release.ref());
    changes.agenda().add(planned.id());
  }

  private void noteOrder(Channel channel, InstanceId id, InstanceOrder order) {
    if (order.release().isPresent() && order.release().equals(channel.target())) {
      metrics.countGrant(channel.id());
    }
    LOG.infof(
        "ordered channel=%s instance=%s release=%s letGo=%s",
        channel.id(),
        id,
        order.release().map(r -> r.ref().toString()).orElse("none"),
        order.letGo());
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
    metrics.forget(id);
  }

  private static Tenant tenant(InstanceView view) {
    return new Tenant(view.registration().id(), view.report(), view.granted().map(Grant::release));
  }
}
