package io.hydra.manager.kubernetes;

import io.hydra.manager.discovery.NodeLabels;
import io.hydra.manager.lead.LeadScoped;
import io.hydra.model.NodeName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The nodes that Kubernetes has, with their labels: those that Hydra itself has given them, and the
 * others, by which channels choose nodes.
 */
@LeadScoped
public class NodeBook {
  /** What the keys of Hydra's own labels begin with. */
  public static final String OWN = "hydra/ready.";

  private final NodeLabels labels;
  private final Map<NodeName, Map<String, String>> own = new ConcurrentHashMap<>();
  private final List<Consumer<NodeName>> listeners = new CopyOnWriteArrayList<>();

  public NodeBook(NodeLabels labels) {
    this.labels = labels;
  }

  /** Hydra's own labels on the node; empty where Kubernetes has no such node. */
  public Optional<Map<String, String>> own(NodeName node) {
    return Optional.ofNullable(own.get(node));
  }

  public Set<NodeName> names() {
    return Set.copyOf(own.keySet());
  }

  /**
   * Calls back with each node that came, or whose own labels changed. The caller's thread follows
   * the API server and must not be held up.
   */
  public void onChange(Consumer<NodeName> listener) {
    listeners.add(listener);
  }

  void put(NodeName node, Map<String, String> all) {
    var others = new HashMap<>(all);
    others.keySet().removeIf(key -> key.startsWith(OWN));
    labels.put(node, others);
    var ours = new HashMap<>(all);
    ours.keySet().removeIf(key -> !key.startsWith(OWN));
    var before = Optional.ofNullable(own.put(node, Map.copyOf(ours)));
    if (!before.equals(Optional.of(ours))) {
      listeners.forEach(listener -> listener.accept(node));
    }
  }

  void remove(NodeName node) {
    labels.put(node, Map.of());
    own.remove(node);
  }
}
