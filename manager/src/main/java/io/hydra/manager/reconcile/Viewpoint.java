package io.hydra.manager.reconcile;

import io.hydra.manager.assign.NodePicture;
import io.hydra.manager.channel.Channel;
import io.hydra.manager.discovery.Orchestrator;
import io.hydra.manager.discovery.Roster;
import io.hydra.manager.discovery.SelectedNodes;
import io.hydra.manager.discovery.Whereabouts;
import io.hydra.manager.lead.LeadScoped;
import io.hydra.manager.observe.ObservedCluster;
import io.hydra.manager.observe.SettledLeadership;
import io.hydra.model.ChannelId;
import io.hydra.model.NodeName;
import io.hydra.model.Scope;
import io.hydra.model.ScopeName;
import io.hydra.wire.InstanceRegistration;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Draws the picture of one channel from what is known. */
@LeadScoped
public class Viewpoint {
  private final Roster roster;
  private final Whereabouts whereabouts;
  private final SelectedNodes selectedNodes;
  private final Orchestrator orchestrator;
  private final ObservedCluster cluster;
  private final SettledLeadership leadership;
  private final Plans plans;
  private final Departures departures;
  private final Clock clock;

  public Viewpoint(
      Roster roster,
      Whereabouts whereabouts,
      SelectedNodes selectedNodes,
      Orchestrator orchestrator,
      ObservedCluster cluster,
      SettledLeadership leadership,
      Plans plans,
      Departures departures,
      Clock clock) {
    this.roster = roster;
    this.whereabouts = whereabouts;
    this.selectedNodes = selectedNodes;
    this.orchestrator = orchestrator;
    this.cluster = cluster;
    this.leadership = leadership;
    this.plans = plans;
    this.departures = departures;
    this.clock = clock;
  }

  public ChannelPicture of(Channel channel) {
    var instances = roster.instancesOf(channel.id()).stream().map(cluster::view).toList();
    var now = clock.instant();
    var taking = takingPart(channel);
    var kept = departures.kept(channel.id(), left(channel.id(), taking), now);
    return new ChannelPicture(
        channel,
        instances,
        pictures(taking, channel.id()),
        scopes(taking, channel),
        pictures(kept, channel.id()),
        orchestrator.podsOf(channel.id()),
        leadership.unsettled().or(() -> unknownScopes(channel)),
        now);
  }

  /** Nodes that have the channel's data and nobody to use it. */
  private Set<NodeName> left(ChannelId channel, Set<NodeName> takingPart) {
    var left = new TreeSet<>(cluster.nodesWithLive(channel));
    plans.find(channel).map(ChannelPlan::nodesWithLive).ifPresent(left::addAll);
    left.removeAll(takingPart);
    left.removeIf(node -> roster.node(node).isEmpty());
    return left;
  }

  /**
   * Nodes with an instance of the channel, those where one is expected in a moment, and those that
   * its node selector matches, by labels of their agents or of others.
   */
  private Set<NodeName> takingPart(Channel channel) {
    var names = new TreeSet<>(whereabouts.nodesOf(channel.id()));
    roster.instancesOf(channel.id()).stream().map(InstanceRegistration::node).forEach(names::add);
    channel.settings().nodeSelector().map(selectedNodes::matching).ifPresent(names::addAll);
    return names;
  }

  /** Nobody is moved by a label that was only not told yet. */
  private Optional<String> unknownScopes(Channel channel) {
    return channel.scopeSettings().isEmpty() || whereabouts.isComplete()
        ? Optional.empty()
        : Optional.of(
            "the nodes of Kubernetes were not listed yet, so it is not known which are in which scope");
  }

  private Map<NodeName, ScopeName> scopes(Set<NodeName> nodes, Channel channel) {
    var scopes = new HashMap<NodeName, ScopeName>();
    for (var name : channel.scopeSettings().isEmpty() ? Set.<NodeName>of() : nodes) {
      scope(selectedNodes.labels(name), channel).ifPresent(scope -> scopes.put(name, scope));
    }
    return scopes;
  }

  private static Optional<ScopeName> scope(Map<String, String> labels, Channel channel) {
    return channel.scopeSettings().stream()
        .filter(scope -> SelectedNodes.matches(labels, scope.nodeSelector()))
        .map(Scope::name)
        .findFirst();
  }

  private SortedMap<NodeName, NodePicture> pictures(Set<NodeName> names, ChannelId channel) {
    var nodes = new TreeMap<NodeName, NodePicture>();
    names.forEach(name -> nodes.put(name, node(name, channel)));
    return nodes;
  }

  private NodePicture node(NodeName name, ChannelId channel) {
    return new NodePicture(
        name, cluster.connection(name), cluster.inventory(name), plans.ramOfOthers(name, channel));
  }
}
