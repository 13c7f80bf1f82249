package io.hydra.manager.reconcile;

import io.hydra.manager.assign.NodeContribution;
import io.hydra.manager.lead.LeadScoped;
import io.hydra.model.ChannelId;
import io.hydra.model.Digest;
import io.hydra.model.NodeName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The newest plan of each channel, and what all of them want of each node. The {@link Reconciler}
 * is its only writer.
 */
@LeadScoped
public class Plans {
  private final Map<ChannelId, ChannelPlan> plans = new ConcurrentHashMap<>();
  private final Map<ChannelId, Set<NodeName>> places = new ConcurrentHashMap<>();
  private final Map<NodeName, SortedMap<ChannelId, NodeContribution>> byNode =
      new ConcurrentHashMap<>();
  private final List<Consumer<ChannelId>> listeners = new CopyOnWriteArrayList<>();

  /**
   * Calls back with each channel that was planned, on the planner's thread, which must not be held
   * up.
   */
  public void onChange(Consumer<ChannelId> listener) {
    listeners.add(listener);
  }

  public Optional<ChannelPlan> find(ChannelId id) {
    return Optional.ofNullable(plans.get(id));
  }

  void forEach(BiConsumer<ChannelId, ChannelPlan> action) {
    plans.forEach(action);
  }

  /** What each channel wants of the node. */
  synchronized SortedMap<ChannelId, NodeContribution> on(NodeName node) {
    return new TreeMap<>(byNode.getOrDefault(node, new TreeMap<>()));
  }

  /** What each other channel wants of the node. */
  public SortedMap<ChannelId, NodeContribution> ofOthers(NodeName node, ChannelId except) {
    var others = on(node);
    others.remove(except);
    return others;
  }

  /** What the channel wants of the node. */
  synchronized NodeContribution of(ChannelId id, NodeName node) {
    return Optional.ofNullable(byNode.get(node))
        .flatMap(channels -> Optional.ofNullable(channels.get(id)))
        .orElse(NodeContribution.NOTHING);
  }

  synchronized Set<ChannelId> channelsOn(NodeName node) {
    return Set.copyOf(byNode.getOrDefault(node, new TreeMap<>()).keySet());
  }

  /** What other channels want in the node's RAM, in bytes. */
  synchronized Map<Digest, Long> ramOfOthers(NodeName node, ChannelId except) {
    var bytes = new HashMap<Digest, Long>();
    byNode
        .getOrDefault(node, new TreeMap<>())
        .forEach(
            (channel, contribution) -> {
              if (!channel.equals(except)) {
                contribution.addRam(bytes);
              }
            });
    return bytes;
  }

  /** Remembers the plan and gives the nodes of which something else is wanted now. */
  Set<NodeName> put(ChannelId id, ChannelPlan plan) {
    plans.put(id, plan);
    return tell(id, replace(id, plan.nodes().keySet(), plan::contributionOn));
  }

  /** As {@link #put} for a channel that is gone, of which instances may still hold data. */
  Set<NodeName> remove(ChannelId id, Map<NodeName, NodeContribution> left) {
    plans.remove(id);
    return tell(
        id, replace(id, left.keySet(), node -> left.getOrDefault(node, NodeContribution.NOTHING)));
  }

  private Set<NodeName> tell(ChannelId id, Set<NodeName> touched) {
    listeners.forEach(listener -> listener.accept(id));
    return touched;
  }

  private synchronized Set<NodeName> replace(
      ChannelId id, Set<NodeName> nodes, Function<NodeName, NodeContribution> wish) {
    var touched = new TreeSet<NodeName>();
    for (var node : nodes) {
      var after = wish.apply(node);
      var before = byNode.computeIfAbsent(node, n -> new TreeMap<>()).put(id, after);
      if (!after.equals(before)) {
        touched.add(node);
      }
    }
    for (var node : Optional.ofNullable(places.put(id, nodes)).orElse(Set.of())) {
      if (!nodes.contains(node)) {
        drop(id, node);
        touched.add(node);
      }
    }
    if (nodes.isEmpty()) {
      places.remove(id);
    }
    return touched;
  }

  private void drop(ChannelId id, NodeName node) {
    byNode.computeIfPresent(
        node,
        (n, channels) -> {
          channels.remove(id);
          return channels.isEmpty() ? null : channels;
        });
  }
}
