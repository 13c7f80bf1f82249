package io.hydra.manager.observe;

import io.hydra.model.ChannelId;
import io.hydra.model.NodeName;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** On which nodes a channel has a live file, as they report. */
final class LiveNodes {
  /** Most channels are on few nodes, and there are thousands of them. */
  private static final int FEW = 2;

  /** Sets are used within the map's computations only. */
  private final Map<ChannelId, Set<NodeName>> nodes = new ConcurrentHashMap<>();

  Set<NodeName> of(ChannelId channel) {
    var found = new HashSet<NodeName>();
    nodes.computeIfPresent(
        channel,
        (c, known) -> {
          found.addAll(known);
          return known;
        });
    return found;
  }

  void replace(NodeName node, Set<ChannelId> before, Set<ChannelId> after) {
    before.stream().filter(channel -> !after.contains(channel)).forEach(c -> remove(c, node));
    after.stream().filter(channel -> !before.contains(channel)).forEach(c -> add(c, node));
  }

  /** A new manager hears thousands of nodes at once: each costs the same. */
  private void add(ChannelId channel, NodeName node) {
    nodes.compute(
        channel,
        (c, known) -> {
          var some = known == null ? HashSet.<NodeName>newHashSet(FEW) : known;
          some.add(node);
          return some;
        });
  }

  private void remove(ChannelId channel, NodeName node) {
    nodes.computeIfPresent(
        channel,
        (c, known) -> {
          known.remove(node);
          return known.isEmpty() ? null : known;
        });
  }
}
