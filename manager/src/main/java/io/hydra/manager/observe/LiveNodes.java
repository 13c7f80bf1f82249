package io.hydra.manager.observe;

import io.hydra.model.ChannelId;
import io.hydra.model.NodeName;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** On which nodes a channel has a live file, as they report. */
final class LiveNodes {
  private final Map<ChannelId, Set<NodeName>> nodes = new ConcurrentHashMap<>();

  Set<NodeName> of(ChannelId channel) {
    return Set.copyOf(nodes.getOrDefault(channel, Set.of()));
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
          var some = known == null ? ConcurrentHashMap.<NodeName>newKeySet() : known;
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
