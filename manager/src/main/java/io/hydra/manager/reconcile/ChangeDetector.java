package io.hydra.manager.reconcile;

import io.hydra.manager.channel.Channel;
import io.hydra.manager.channel.Channels;
import io.hydra.manager.discovery.NodeLabels;
import io.hydra.manager.discovery.Orchestrator;
import io.hydra.manager.discovery.Roster;
import io.hydra.manager.discovery.RosterChange;
import io.hydra.manager.discovery.Whereabouts;
import io.hydra.manager.lead.LeadScoped;
import io.hydra.manager.observe.ObservedCluster;
import io.hydra.manager.observe.SettledLeadership;
import io.hydra.manager.observe.Sighting;
import io.hydra.model.ChannelId;
import io.hydra.model.InstanceId;
import io.hydra.model.NodeName;
import io.hydra.wire.Connection;
import io.hydra.wire.InstanceRegistration;
import io.hydra.wire.NodeRegistration;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jboss.logging.Logger;

/** Finds out which channels an event, or the passing of time, may have changed. */
@LeadScoped
public class ChangeDetector {
  private static final Logger LOG = Logger.getLogger(ChangeDetector.class);

  /** Nothing that time alone changes is more urgent than this. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  /** Whatever an event has missed is found after so long. */
  private static final Duration FULL_SWEEP = Duration.ofSeconds(10);

  private final Channels channels;
  private final Roster roster;
  private final ObservedCluster cluster;
  private final SettledLeadership leadership;
  private final Plans plans;
  private final Agenda agenda = new Agenda();
  private final List<Runnable> wakers = new CopyOnWriteArrayList<>();
  private final Map<NodeName, Connection> nodeConnections = new HashMap<>();
  private final Map<InstanceId, Connection> instanceConnections = new HashMap<>();
  private Optional<Instant> lastLook = Optional.empty();
  private Optional<Instant> lastSweep = Optional.empty();
  private boolean wasSettled;

  public ChangeDetector(
      Channels channels,
      Roster roster,
      Whereabouts whereabouts,
      NodeLabels nodeLabels,
      Orchestrator orchestrator,
      ObservedCluster cluster,
      SettledLeadership leadership,
      Plans plans) {
    this.channels = channels;
    this.roster = roster;
    this.cluster = cluster;
    this.leadership = leadership;
    this.plans = plans;
    channels.onChange(this::onChannel);
    roster.onChange(this::onRoster);
    whereabouts.onChange(this::onChannel);
    nodeLabels.onChange(node -> onNodeLabels());
    orchestrator.onChange(this::onChannel);
    cluster.onSighting(this::onSighting);
  }

  Agenda agenda() {
    return agenda;
  }

  /** Calls back when there is something to do that should not wait for the next second. */
  void onWork(Runnable waker) {
    wakers.add(waker);
  }

  /**
   * Agents that fall silent, clocks that run out, the end of the grace, and the full sweep. Looks
   * at everyone at most once a second, however often events call.
   *
   * @return whether it looked
   */
  boolean noticeWhatTimeChanges(Instant now) {
    boolean settles = leadership.settled() && !wasSettled;
    if (!settles && !isDue(lastLook, LOOK, now)) {
      return false;
    }
    lastLook = Optional.of(now);
    noticeConnections();
    channels.all().stream()
        .map(v -> v.channel().id())
        .filter(id -> plans.find(id).filter(ChannelPlan::isUnderWay).isPresent())
        .forEach(agenda::add);
    if (settles) {
      wasSettled = true;
      LOG.infof("settled epoch=%d", leadership.epoch());
    }
    if (settles || isDue(lastSweep, FULL_SWEEP, now)) {
      lastSweep = Optional.of(now);
      addEverything();
    }
    return true;
  }

  private static boolean isDue(Optional<Instant> last, Duration every, Instant now) {
    return last.filter(l -> l.plus(every).isAfter(now)).isEmpty();
  }

  private void addEverything() {
    agenda.addAll(channels.all().stream().map(v -> v.channel().id()).toList());
    agenda.addAll(roster.channels());
    agenda.addAllNodes(roster.nodes().stream().map(NodeRegistration::name).toList());
  }

  private void noticeConnections() {
    for (var node : roster.nodes()) {
      var now = cluster.connection(node.name());
      if (nodeConnections.put(node.name(), now) != now) {
        LOG.infof("node=%s state=%s", node.name(), now);
        addNode(node.name());
      }
    }
    nodeConnections.keySet().removeIf(name -> roster.node(name).isEmpty());
    for (var instance : roster.instances()) {
      var now = cluster.connection(instance.id());
      if (instanceConnections.put(instance.id(), now) != now) {
        LOG.infof("instance=%s channel=%s state=%s", instance.id(), instance.channel(), now);
        agenda.add(instance.channel());
      }
    }
    instanceConnections.keySet().removeIf(id -> roster.instance(id).isEmpty());
  }

  private void onChannel(ChannelId id) {
    agenda.add(id);
    wake();
  }

  private void onNodeLabels() {
    addChannelsWithSelector();
    wake();
  }

  private void onSighting(Sighting sighting) {
    switch (sighting) {
      case Sighting.OfNode(var name, boolean urgent) -> {
        addNode(name);
        if (urgent) {
          wake();
        }
      }
      case Sighting.OfInstance(var id) -> {
        roster.instance(id).map(InstanceRegistration::channel).ifPresent(agenda::add);
        wake();
      }
    }
  }

  private void onRoster(RosterChange change) {
    switch (change) {
      case RosterChange.OfNode(var before, var after) -> {
        before.or(() -> after).map(NodeRegistration::name).ifPresent(this::addNode);
        addChannelsWithSelector();
      }
      case RosterChange.OfInstance(var before, var after) -> {
        before.map(InstanceRegistration::channel).ifPresent(agenda::add);
        after.map(InstanceRegistration::channel).ifPresent(agenda::add);
      }
    }
    wake();
  }

  private void addNode(NodeName name) {
    agenda.add(name);
    agenda.addAll(plans.channelsOn(name));
    cluster.inventory(name).ifPresent(i -> agenda.addAll(i.report().live().keySet()));
    roster.instancesOn(name).forEach(instance -> agenda.add(instance.channel()));
  }

  private void addChannelsWithSelector() {
    channels.all().stream()
        .map(Channels.Versioned::channel)
        .filter(ChangeDetector::asksForLabels)
        .map(Channel::id)
        .forEach(agenda::add);
  }

  private static boolean asksForLabels(Channel channel) {
    return channel.settings().nodeSelector().filter(s -> !s.isEmpty()).isPresent()
        || !channel.scopeSettings().isEmpty();
  }

  private void wake() {
    wakers.forEach(Runnable::run);
  }
}
