package io.hydra.manager.feedback;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.hydra.manager.apiserver.Patch;
import io.hydra.manager.feedback.ReadyNodes.Readiness;
import io.hydra.model.ChannelId;
import io.hydra.model.NodeName;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Decides which labels of nodes are to change. It remembers what is known of each channel's nodes;
 * what is on the nodes it is told. Not for several threads at a time.
 */
final class NodeLabeler {
  private final Map<ChannelId, Set<NodeName>> nodesOf = new HashMap<>();
  private final Map<NodeName, Map<String, Readiness>> known = new HashMap<>();
  private final Map<String, ChannelId> keys = new HashMap<>();

  /** What is known of the channel's nodes; gives all of which a label may have to change. */
  Set<NodeName> put(ChannelId channel, Map<NodeName, Readiness> nodes) {
    var key = ReadyLabel.key(channel);
    keys.put(key, channel);
    var touched = withdraw(channel, key);
    nodesOf.put(channel, Set.copyOf(nodes.keySet()));
    nodes.forEach(
        (node, readiness) -> known.computeIfAbsent(node, n -> new HashMap<>()).put(key, readiness));
    touched.addAll(nodes.keySet());
    return touched;
  }

  /** The channel is gone. */
  Set<NodeName> forget(ChannelId channel) {
    return withdraw(channel, ReadyLabel.key(channel));
  }

  private Set<NodeName> withdraw(ChannelId channel, String key) {
    var nodes = Optional.ofNullable(nodesOf.remove(channel)).orElse(Set.of());
    for (var node : nodes) {
      known.computeIfPresent(
          node,
          (n, readiness) -> {
            readiness.remove(key);
            return readiness.isEmpty() ? null : readiness;
          });
    }
    return new TreeSet<>(nodes);
  }

  /**
   * What is to change on the node; empty when nothing is.
   *
   * @param present labels that begin as ours do
   * @param isStray of keys that no channel has that was ever told of
   */
  Optional<Errand> change(NodeName node, Map<String, String> present, Predicate<String> isStray) {
    var labels = new TreeMap<String, Optional<String>>();
    var wanted = known.getOrDefault(node, Map.of());
    wanted.forEach((key, readiness) -> value(readiness).ifPresent(v -> labels.put(key, v)));
    present.keySet().stream()
        .filter(key -> !wanted.containsKey(key))
        .filter(key -> keys.containsKey(key) || isStray.test(key))
        .forEach(key -> labels.put(key, Optional.empty()));
    labels
        .entrySet()
        .removeIf(e -> e.getValue().equals(Optional.ofNullable(present.get(e.getKey()))));
    return labels.isEmpty() ? Optional.empty() : Optional.of(errand(node, labels));
  }

  /** The label's value, or no label; empty where it stays as it is. */
  private static Optional<Optional<String>> value(Readiness readiness) {
    return switch (readiness) {
      case Readiness.Has(var release) -> Optional.of(Optional.of(ReadyLabel.value(release)));
      case Readiness.HasNot _ -> Optional.of(Optional.empty());
      case Readiness.Unknown _ -> Optional.empty();
    };
  }

  private static Errand errand(NodeName node, Map<String, Optional<String>> changes) {
    var body = JsonNodeFactory.instance.objectNode();
    var labels = body.putObject("metadata").putObject("labels");
    changes.forEach(
        (key, value) ->
            value.ifPresentOrElse(text -> labels.put(key, text), () -> labels.putNull(key)));
    return new Errand(path(node), Patch.MERGE, body, body);
  }

  static String path(NodeName node) {
    return "/api/v1/nodes/" + node;
  }
}
