package io.hydra.manager.discovery;

import io.hydra.manager.lead.LeadScoped;
import io.hydra.model.NodeName;
import io.hydra.wire.NodeRegistration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Labels that somebody else than its agent gives a node, such as Kubernetes. They only add to those
 * that the node's registration has: of two with the same key, that of the registration holds.
 */
@LeadScoped
public class NodeLabels {
  private final Map<NodeName, Map<String, String>> labels = new ConcurrentHashMap<>();
  private final List<Consumer<NodeName>> listeners = new CopyOnWriteArrayList<>();

  /** Calls back with each node whose labels have changed. */
  public void onChange(Consumer<NodeName> listener) {
    listeners.add(listener);
  }

  /** All labels of the node, in place of those told before; none when it is gone. */
  public void put(NodeName node, Map<String, String> now) {
    var before =
        Optional.ofNullable(
            now.isEmpty() ? labels.remove(node) : labels.put(node, Map.copyOf(now)));
    if (!now.equals(before.orElse(Map.of()))) {
      listeners.forEach(listener -> listener.accept(node));
    }
  }

  /** All labels of the node, those of others included. */
  public Map<String, String> labels(NodeRegistration node) {
    var all = new HashMap<>(labels.getOrDefault(node.name(), Map.of()));
    all.putAll(node.labels());
    return Map.copyOf(all);
  }
}
