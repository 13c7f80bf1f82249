package io.hydra.manager.reconcile;

import io.hydra.manager.discovery.Roster;
import io.hydra.manager.discovery.RosterChange;
import io.hydra.manager.observe.GrantSource;
import io.hydra.model.InstanceId;
import io.hydra.model.NodeName;
import io.hydra.wire.Grant;
import io.hydra.wire.InstanceDesired;
import io.hydra.wire.InstanceRegistration;
import io.hydra.wire.NodeDesired;
import io.hydra.wire.NodeRegistration;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The newest orders, for agents to read. The {@link Reconciler} is its only writer. Before the
 * first plan an agent reads epoch 0, which one that has obeyed any order before ignores as
 * outdated: it goes on as it is.
 */
@ApplicationScoped
public class DesiredBoard implements GrantSource {
  private static final NodeDesired NO_NODE_ORDER =
      new NodeDesired(0, false, List.of(), List.of(), List.of());
  private static final InstanceDesired NO_INSTANCE_ORDER = new InstanceDesired(0, Optional.empty());

  private final Map<NodeName, Slot<NodeDesired>> nodes = new ConcurrentHashMap<>();
  private final Map<InstanceId, Slot<InstanceDesired>> instances = new ConcurrentHashMap<>();
  private final Roster roster;
  private volatile boolean closed;

  public DesiredBoard(Roster roster) {
    this.roster = roster;
    roster.onChange(this::onRosterChange);
  }

  /**
   * What the node shall hold, once its epoch is newer than {@code since} or the wait is over.
   * Blocks the caller's thread.
   *
   * @throws io.hydra.error.HydraException {@code UNKNOWN_NODE}
   */
  public NodeDesired awaitNode(NodeName name, long since, Duration wait) {
    roster.requireNode(name);
    return node(name).await(since, closed ? Duration.ZERO : wait);
  }

  /**
   * What the instance may do, once its epoch is newer than {@code since} or the wait is over.
   * Blocks the caller's thread.
   *
   * @throws io.hydra.error.HydraException {@code UNKNOWN_INSTANCE}
   */
  public InstanceDesired awaitInstance(InstanceId id, long since, Duration wait) {
    roster.requireInstance(id);
    return instance(id).await(since, closed ? Duration.ZERO : wait);
  }

  @Override
  public Optional<Grant> granted(InstanceId id) {
    return order(id).grant();
  }

  NodeDesired order(NodeName name) {
    var slot = nodes.get(name);
    return slot == null ? NO_NODE_ORDER : slot.order();
  }

  InstanceDesired order(InstanceId id) {
    var slot = instances.get(id);
    return slot == null ? NO_INSTANCE_ORDER : slot.order();
  }

  void publish(NodeName name, NodeDesired order) {
    node(name).publish(order.epoch(), order);
  }

  void publish(InstanceId id, InstanceDesired order) {
    instance(id).publish(order.epoch(), order);
  }

  /** Lets every waiting agent go, so that the program can end. */
  @PreDestroy
  void close() {
    closed = true;
    nodes.values().forEach(Slot::close);
    instances.values().forEach(Slot::close);
  }

  private Slot<NodeDesired> node(NodeName name) {
    return nodes.computeIfAbsent(name, n -> new Slot<>(NO_NODE_ORDER));
  }

  private Slot<InstanceDesired> instance(InstanceId id) {
    return instances.computeIfAbsent(id, i -> new Slot<>(NO_INSTANCE_ORDER));
  }

  private void onRosterChange(RosterChange change) {
    switch (change) {
      case RosterChange.OfNode(var before, var after) ->
          before
              .map(NodeRegistration::name)
              .filter(name -> after.isEmpty())
              .map(nodes::remove)
              .ifPresent(Slot::close);
      case RosterChange.OfInstance(var before, var after) ->
          before
              .filter(old -> after.isEmpty() || !after.get().equals(old))
              .map(InstanceRegistration::id)
              .map(instances::remove)
              .ifPresent(Slot::close);
    }
  }
}
