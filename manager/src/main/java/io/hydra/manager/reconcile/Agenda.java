package io.hydra.manager.reconcile;

import io.hydra.model.ChannelId;
import io.hydra.model.NodeName;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/** The channels and nodes that wait to be planned again. Each stands there at most once. */
final class Agenda {
  private Set<ChannelId> channels = new TreeSet<>();
  private Set<NodeName> nodes = new TreeSet<>();

  synchronized void add(ChannelId channel) {
    channels.add(channel);
  }

  synchronized void addAll(Collection<ChannelId> more) {
    channels.addAll(more);
  }

  synchronized void add(NodeName node) {
    nodes.add(node);
  }

  synchronized void addAllNodes(Collection<NodeName> more) {
    nodes.addAll(more);
  }

  /** Takes everything off the agenda. */
  synchronized Set<ChannelId> takeChannels() {
    var taken = channels;
    channels = new TreeSet<>();
    return taken;
  }

  synchronized Set<NodeName> takeNodes() {
    var taken = nodes;
    nodes = new TreeSet<>();
    return taken;
  }
}
