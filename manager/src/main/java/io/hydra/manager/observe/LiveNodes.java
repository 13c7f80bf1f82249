package io.hydra.manager.observe;

import io.hydra.model.ChannelId;
import io.hydra.model.NodeName;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** On which nodes a channel has a live file, as they report. */
final class LiveNodes {
  private final Map<ChannelId, Set<NodeName>> nodes = new ConcurrentHashMap<>();

  Set<NodeName> of(ChannelId channel) {
    return nodes.getOrDefault(channel, Set.of());
  }

  void replace(NodeName node, Set<ChannelId> before, Set<ChannelId> after) {
    before.stream().filter(channel -> !after.contains(channel)).forEach(c -> remove(c, node));
    after.stream().filter(channel -> !before.contains(channel)).forEach(c -> add(c, node));
  }

  private void add(ChannelId channel, NodeName node) {
    nodes.compute(
        channel,
        (c, known) -> {
          var more = new HashSet<>(known == null ? Set.of() : known);
          more.add(node);
          return Set.copyOf(more);
        });
  }

  private void remove(ChannelId channel, NodeName node) {
    nodes.computeIfPresent(
        channel,
        (c, known) -> {
          var fewer = new HashSet<>(known);
          fewer.remove(node);
          return fewer.isEmpty() ? null : Set.copyOf(fewer);
        });
  }
}
