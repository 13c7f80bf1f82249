package io.hydra.manager.observe;

import io.hydra.manager.discovery.Roster;
import io.hydra.model.InstanceId;
import io.hydra.model.NodeName;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Registered agents that were never heard. Kept up to date, not searched for: each plan asks, and
 * thousands of agents meet a new leader at once.
 */
final class Unheard {
  private final Roster roster;
  private final Predicate<NodeName> isNodeHeard;
  private final Predicate<InstanceId> isInstanceHeard;
  private final ConcurrentSkipListSet<NodeName> nodes = new ConcurrentSkipListSet<>();
  private final ConcurrentSkipListSet<InstanceId> instances = new ConcurrentSkipListSet<>();

  Unheard(Roster roster, Predicate<NodeName> isNodeHeard, Predicate<InstanceId> isInstanceHeard) {
    this.roster = roster;
    this.isNodeHeard = isNodeHeard;
    this.isInstanceHeard = isInstanceHeard;
    roster.nodes().forEach(node -> node(node.name()));
    roster.instances().forEach(instance -> instance(instance.id()));
  }

  /** The node has reported; where that is missed, its next report tells again. */
  void heard(NodeName name) {
    if (nodes.contains(name)) {
      node(name);
    }
  }

  /** As {@link #heard(NodeName)}. */
  void heard(InstanceId id) {
    if (instances.contains(id)) {
      instance(id);
    }
  }

  /** The node was registered or forgotten, or has been heard. */
  synchronized void node(NodeName name) {
    if (roster.node(name).isPresent() && !isNodeHeard.test(name)) {
      nodes.add(name);
      return;
    }
    nodes.remove(name);
  }

  /** As {@link #node}. */
  synchronized void instance(InstanceId id) {
    if (roster.instance(id).isPresent() && !isInstanceHeard.test(id)) {
      instances.add(id);
      return;
    }
    instances.remove(id);
  }

  /** As people name them. */
  Stream<String> named() {
    return Stream.concat(
        nodes.stream().map(name -> "node " + name), instances.stream().map(id -> "instance " + id));
  }
}
