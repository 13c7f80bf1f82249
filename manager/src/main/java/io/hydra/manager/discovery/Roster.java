package io.hydra.manager.discovery;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.manager.lead.LeadScoped;
import io.hydra.model.ChannelId;
import io.hydra.model.InstanceId;
import io.hydra.model.NodeName;
import io.hydra.wire.InstanceRegistration;
import io.hydra.wire.NodeRegistration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The registrations in memory, found by name, by channel and by node. {@link Registrations} is its
 * only writer. Lists are ordered by name.
 */
@LeadScoped
public class Roster {
  /** Read by every request of an agent, so without the lock; written under it. */
  private final Map<NodeName, NodeRegistration> nodes = new ConcurrentHashMap<>();

  private final Map<InstanceId, InstanceRegistration> instances = new ConcurrentHashMap<>();
  private final Map<ChannelId, Set<InstanceId>> byChannel = new TreeMap<>();
  private final Map<NodeName, Set<InstanceId>> byNode = new TreeMap<>();
  private final List<Consumer<RosterChange>> listeners = new CopyOnWriteArrayList<>();

  public List<NodeRegistration> nodes() {
    return nodes.values().stream().sorted(Comparator.comparing(NodeRegistration::name)).toList();
  }

  public Optional<NodeRegistration> node(NodeName name) {
    return Optional.ofNullable(nodes.get(name));
  }

  public List<InstanceRegistration> instances() {
    return instances.values().stream()
        .sorted(Comparator.comparing(InstanceRegistration::id))
        .toList();
  }

  public Optional<InstanceRegistration> instance(InstanceId id) {
    return Optional.ofNullable(instances.get(id));
  }

  public synchronized List<InstanceRegistration> instancesOf(ChannelId channel) {
    return named(byChannel.getOrDefault(channel, Set.of()));
  }

  public synchronized List<InstanceRegistration> instancesOn(NodeName node) {
    return named(byNode.getOrDefault(node, Set.of()));
  }

  /**
   * @throws HydraException {@code UNKNOWN_NODE}
   */
  public void requireNode(NodeName name) {
    if (node(name).isEmpty()) {
      throw new HydraException(
          ErrorCode.UNKNOWN_NODE,
          "node %s is not registered".formatted(name),
          Map.of("node", name.value()));
    }
  }

  /**
   * @throws HydraException {@code UNKNOWN_INSTANCE}
   */
  public InstanceRegistration requireInstance(InstanceId id) {
    return instance(id)
        .orElseThrow(
            () ->
                new HydraException(
                    ErrorCode.UNKNOWN_INSTANCE,
                    "instance %s is not registered".formatted(id),
                    Map.of("instance", id.value())));
  }

  /** Channels that some instance is registered for, whether they exist or not. */
  public synchronized Set<ChannelId> channels() {
    return Set.copyOf(byChannel.keySet());
  }

  /** Calls back after each change, outside the lock. */
  public void onChange(Consumer<RosterChange> listener) {
    listeners.add(listener);
  }

  void put(NodeRegistration node) {
    tell(new RosterChange.OfNode(exchange(node), Optional.of(node)));
  }

  void put(InstanceRegistration instance) {
    tell(new RosterChange.OfInstance(exchange(instance), Optional.of(instance)));
  }

  void remove(NodeName name) {
    withdraw(name)
        .ifPresent(before -> tell(new RosterChange.OfNode(Optional.of(before), Optional.empty())));
  }

  void remove(InstanceId id) {
    withdraw(id)
        .ifPresent(
            before -> tell(new RosterChange.OfInstance(Optional.of(before), Optional.empty())));
  }

  private synchronized Optional<NodeRegistration> exchange(NodeRegistration node) {
    return Optional.ofNullable(nodes.put(node.name(), node));
  }

  private synchronized Optional<InstanceRegistration> exchange(InstanceRegistration instance) {
    var before = withdraw(instance.id());
    instances.put(instance.id(), instance);
    byChannel.computeIfAbsent(instance.channel(), c -> new TreeSet<>()).add(instance.id());
    byNode.computeIfAbsent(instance.node(), n -> new TreeSet<>()).add(instance.id());
    return before;
  }

  private synchronized Optional<NodeRegistration> withdraw(NodeName name) {
    return Optional.ofNullable(nodes.remove(name));
  }

  private synchronized Optional<InstanceRegistration> withdraw(InstanceId id) {
    var before = Optional.ofNullable(instances.remove(id));
    before.ifPresent(
        gone -> {
          removeFrom(byChannel, gone.channel(), id);
          removeFrom(byNode, gone.node(), id);
        });
    return before;
  }

  private static <K> void removeFrom(Map<K, Set<InstanceId>> index, K key, InstanceId id) {
    index.computeIfPresent(
        key,
        (k, ids) -> {
          ids.remove(id);
          return ids.isEmpty() ? null : ids;
        });
  }

  private List<InstanceRegistration> named(Set<InstanceId> ids) {
    return ids.stream().flatMap(id -> Stream.ofNullable(instances.get(id))).toList();
  }

  private void tell(RosterChange change) {
    listeners.forEach(listener -> listener.accept(change));
  }
}
