package io.hydra.manager.feedback;

import io.hydra.model.ChannelId;
import io.hydra.model.NodeName;
import java.util.Set;
import java.util.TreeSet;

/** Channels and nodes to look at again; each stands there at most once. */
final class Touched {
  private Set<ChannelId> channels = new TreeSet<>();
  private Set<NodeName> nodes = new TreeSet<>();

  /** All that were touched since it was asked last. */
  record All(Set<ChannelId> channels, Set<NodeName> nodes) {}

  synchronized void add(ChannelId channel) {
    channels.add(channel);
    notifyAll();
  }

  synchronized void add(NodeName node) {
    nodes.add(node);
    notifyAll();
  }

  /** Waits until there is something. */
  synchronized All take() throws InterruptedException {
    while (channels.isEmpty() && nodes.isEmpty()) {
      wait();
    }
    var taken = new All(channels, nodes);
    channels = new TreeSet<>();
    nodes = new TreeSet<>();
    return taken;
  }
}
