package io.hydra.manager.reconcile;

import io.hydra.manager.channel.Channel;
import io.hydra.manager.channel.Channels;
import io.hydra.manager.discovery.Orchestrator;
import io.hydra.manager.discovery.Roster;
import io.hydra.manager.discovery.RosterChange;
import io.hydra.manager.discovery.SelectedNodes;
import io.hydra.manager.discovery.Whereabouts;
import io.hydra.manager.lead.LeadScoped;
import io.hydra.manager.observe.News;
import io.hydra.manager.observe.ObservedCluster;
import io.hydra.manager.observe.SettledLeadership;
import io.hydra.manager.observe.Sighting;
import io.hydra.model.ChannelId;
import io.hydra.model.Digest;
import io.hydra.model.InstanceId;
import io.hydra.model.NodeName;
import io.hydra.model.Scope;
import io.hydra.wire.Connection;
import io.hydra.wire.InstanceRegistration;
import io.hydra.wire.NodeRegistration;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Finds out which channels an event, or the passing of time, may have changed. */
@LeadScoped
public class ChangeDetector {
  private static final Logger LOG = Logger.getLogger(ChangeDetector.class);

  /** Nothing that time alone changes is more urgent than this. */
  private static final Duration LOOK = Duration.ofSeconds(1);

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
  private final Selectors selectors = new Selectors();
  private final Sweep sweep = new Sweep();
  private boolean wasSettled;

  public ChangeDetector(
      Channels channels,
      Roster roster,
      Whereabouts whereabouts,
      SelectedNodes selectedNodes,
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
    channels.all().forEach(versioned -> note(versioned.channel().id()));
    // Before the roster's changes: whoever is woken by one of those finds the nodes as they are.
    selectedNodes.onChange(this::onLabels);
    roster.onChange(this::onRoster);
    whereabouts.onChange(this::replan);
    orchestrator.onChange(this::replan);
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
   * Agents that fall silent, clocks that run out, the end of the grace, and the sweep. Looks at
   * everyone at most once a second, however often events call.
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
    var all = channels.all();
    all.stream()
        .map(v -> v.channel().id())
        .filter(id -> plans.find(id).filter(ChannelPlan::isUnderWay).isPresent())
        .forEach(agenda::add);
    if (settles) {
      wasSettled = true;
      LOG.infof("settled epoch=%d", leadership.epoch());
    }
    if (settles) {
      sweep.begin();
    }
    var nodes = roster.nodes();
    addOf(sweep.due(now, all.size() + nodes.size()), all, nodes);
    return true;
  }

  private static boolean isDue(Optional<Instant> last, Duration every, Instant now) {
    return last.filter(l -> l.plus(every).isAfter(now)).isEmpty();
  }

  private void addOf(
      Set<Integer> parts, Collection<Channels.Versioned> all, List<NodeRegistration> nodes) {
    if (parts.isEmpty()) {
      return;
    }
    all.stream()
        .map(v -> v.channel().id())
        .filter(id -> parts.contains(Sweep.part(id)))
        .forEach(agenda::add);
    roster.channels().stream().filter(id -> parts.contains(Sweep.part(id))).forEach(agenda::add);
    nodes.stream()
        .map(NodeRegistration::name)
        .filter(name -> parts.contains(Sweep.part(name)))
        .forEach(agenda::add);
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
    note(id);
    replan(id);
  }

  private void replan(ChannelId id) {
    agenda.add(id);
    wake();
  }

  /** Read under the lock: of two changes, the later look sees both. */
  private synchronized void note(ChannelId id) {
    var channel = channels.find(id).map(Channels.Versioned::channel);
    selectors.put(id, channel.map(ChangeDetector::selectorsOf).orElse(Set.of()));
  }

  private static Set<Map<String, String>> selectorsOf(Channel channel) {
    return Stream.concat(
            channel.settings().nodeSelector().stream(),
            channel.scopeSettings().stream().map(Scope::nodeSelector))
        .collect(Collectors.toSet());
  }

  /** Those that the node belonged to, and those that it belongs to now. */
  private void onLabels(SelectedNodes.Change change) {
    agenda.addAll(selectors.matching(change.before()));
    agenda.addAll(selectors.matching(change.after()));
    wake();
  }

  private void onSighting(Sighting sighting) {
    switch (sighting) {
      case Sighting.OfNode(var name, var news) -> {
        add(name, news);
        if (news.urgent()) {
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
      case RosterChange.OfNode(var before, var after) ->
          before.or(() -> after).map(NodeRegistration::name).ifPresent(this::addNode);
      case RosterChange.OfInstance(var before, var after) -> {
        before.map(InstanceRegistration::channel).ifPresent(agenda::add);
        after.map(InstanceRegistration::channel).ifPresent(agenda::add);
      }
    }
    wake();
  }

  private void addNode(NodeName name) {
    agenda.add(name);
    agenda.addAll(channelsOn(name));
  }

  private void add(NodeName name, News news) {
    if (news.concernsAll()) {
      addNode(name);
      return;
    }
    agenda.add(name);
    agenda.addAll(news.live());
    channelsOn(name).stream().filter(id -> isAbout(news, id, name)).forEach(agenda::add);
  }

  private Set<ChannelId> channelsOn(NodeName name) {
    var ids = new HashSet<>(plans.channelsOn(name));
    cluster.inventory(name).ifPresent(i -> ids.addAll(i.report().live().keySet()));
    roster.instancesOn(name).forEach(instance -> ids.add(instance.channel()));
    return ids;
  }

  /** Whether the content is the channel's, as its releases or its last plan say. */
  private boolean isAbout(News news, ChannelId id, NodeName node) {
    if (news.datasets().isEmpty()) {
      return false;
    }
    return plans.of(id, node).isAbout(news.datasets())
        || channels.find(id).filter(found -> hasAny(found.channel(), news.datasets())).isPresent();
  }

  /** Asked of each channel of a node at each of its reports. */
  private static boolean hasAny(Channel channel, Set<Digest> digests) {
    for (var release : channel.releases()) {
      for (var dataset : release.datasets()) {
        if (digests.contains(dataset.digest())) {
          return true;
        }
      }
    }
    return false;
  }

  private void wake() {
    wakers.forEach(Runnable::run);
  }
}
