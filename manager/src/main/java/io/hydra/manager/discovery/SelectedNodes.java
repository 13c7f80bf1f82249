package io.hydra.manager.discovery;

import io.hydra.manager.lead.LeadScoped;
import io.hydra.model.NodeName;
import io.hydra.wire.NodeRegistration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Finds the registered nodes that a selector matches, by labels of their agents or of others,
 * without a look at the rest: channels have selectors by the thousand, and nodes are as many.
 */
@LeadScoped
public class SelectedNodes {
  private final Roster roster;
  private final NodeLabels others;
  private final Map<NodeName, Map<String, String>> labels = new HashMap<>();
  private final Map<Map.Entry<String, String>, Set<NodeName>> byLabel = new HashMap<>();
  private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();

  /**
   * A node's labels have changed.
   *
   * @param before none where it was not registered
   * @param after none where it is not registered any more
   */
  public record Change(NodeName node, Map<String, String> before, Map<String, String> after) {}

  public SelectedNodes(Roster roster, NodeLabels others) {
    this.roster = roster;
    this.others = others;
    roster.onChange(this::onRoster);
    others.onChange(this::look);
    roster.nodes().forEach(node -> look(node.name()));
  }

  /** Calls back after each change, which {@link #matching} knows of by then. */
  public void onChange(Consumer<Change> listener) {
    listeners.add(listener);
  }

  /** Those that have all labels of the selector; none for a selector without labels. */
  public synchronized Set<NodeName> matching(Map<String, String> selector) {
    return selector.entrySet().stream()
        .map(label -> byLabel.getOrDefault(label, Set.of()))
        .min(Comparator.comparingInt(Set::size))
        .map(
            few ->
                few.stream()
                    .filter(node -> matches(labels.getOrDefault(node, Map.of()), selector))
                    .collect(Collectors.toSet()))
        .orElse(Set.of());
  }

  /** Those to which pods with the selector may be bound: all for a selector without labels. */
  public synchronized Set<NodeName> admitting(Map<String, String> selector) {
    return selector.isEmpty() ? Set.copyOf(labels.keySet()) : matching(selector);
  }

  /** Those of its agent and of others; none for a node that is not registered. */
  public synchronized Map<String, String> labels(NodeName node) {
    return labels.getOrDefault(node, Map.of());
  }

  /** Whether the labels have all that the selector wants. */
  public static boolean matches(Map<String, String> labels, Map<String, String> selector) {
    return labels.entrySet().containsAll(selector.entrySet());
  }

  private void onRoster(RosterChange change) {
    if (change instanceof RosterChange.OfNode(var before, var after)) {
      after.or(() -> before).map(NodeRegistration::name).ifPresent(this::look);
    }
  }

  private void look(NodeName node) {
    exchange(node).ifPresent(change -> listeners.forEach(listener -> listener.accept(change)));
  }

  /** What is registered is read under the lock: of two changes, the later look sees both. */
  private synchronized Optional<Change> exchange(NodeName name) {
    var node = roster.node(name);
    var after = node.map(others::labels).orElse(Map.of());
    var before =
        Optional.ofNullable(node.isPresent() ? labels.put(name, after) : labels.remove(name))
            .orElse(Map.of());
    if (before.equals(after)) {
      return Optional.empty();
    }
    before.entrySet().forEach(label -> drop(label, name));
    after
        .entrySet()
        .forEach(label -> byLabel.computeIfAbsent(label, l -> new TreeSet<>()).add(name));
    return Optional.of(new Change(name, before, after));
  }

  private void drop(Map.Entry<String, String> label, NodeName node) {
    byLabel.computeIfPresent(
        label,
        (l, nodes) -> {
          nodes.remove(node);
          return nodes.isEmpty() ? null : nodes;
        });
  }
}
