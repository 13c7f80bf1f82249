package io.hydra.manager.reconcile;

import io.hydra.manager.discovery.Roster;
import io.hydra.manager.discovery.RosterChange;
import io.hydra.manager.lead.LeadScoped;
import io.hydra.manager.observe.GrantSource;
import io.hydra.model.ChannelId;
import io.hydra.model.InstanceId;
import io.hydra.model.NodeName;
import io.hydra.wire.Grant;
import io.hydra.wire.InstanceDesired;
import io.hydra.wire.InstanceRegistration;
import io.hydra.wire.NodeDesired;
import io.hydra.wire.NodeRegistration;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The newest orders, for agents to read. The {@link Reconciler} is its only writer. Before the
 * first plan an agent reads epoch 0, which one that has obeyed any order before ignores as
 * outdated: it goes on as it is.
 *
 * <p>A {@link Slot} belongs to one registration: it is closed when that ends, and whoever registers
 * under the same name gets another. So whoever took the slot before it looked at the registration
 * cannot give what it plans for that one to the next.
 */
@LeadScoped
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
    return slot(name)
        .map(slot -> slot.await(since, closed ? Duration.ZERO : wait))
        .orElse(NO_NODE_ORDER);
  }

  /**
   * What the instance may do, once its epoch is newer than {@code since} or the wait is over.
   * Blocks the caller's thread.
   *
   * @throws io.hydra.error.HydraException {@code UNKNOWN_INSTANCE}
   */
  public InstanceDesired awaitInstance(InstanceId id, long since, Duration wait) {
    roster.requireInstance(id);
    return slot(id)
        .map(slot -> slot.await(since, closed ? Duration.ZERO : wait))
        .orElse(NO_INSTANCE_ORDER);
  }

  /**
   * Calls back once when {@link #awaitNode} would return; on the planner's thread, which must not
   * be held up.
   *
   * @return takes the listener back; empty where it would return at once, and nobody is called
   */
  public Optional<Runnable> onNews(NodeName name, long since, Runnable listener) {
    return closed ? Optional.empty() : slot(name).flatMap(slot -> slot.onNews(since, listener));
  }

  /** As for a node. */
  public Optional<Runnable> onNews(InstanceId id, long since, Runnable listener) {
    return closed ? Optional.empty() : slot(id).flatMap(slot -> slot.onNews(since, listener));
  }

  @Override
  public Optional<Grant> granted(InstanceId id) {
    return Optional.ofNullable(instances.get(id)).map(Slot::order).flatMap(InstanceDesired::grant);
  }

  /**
   * Of the present registration; empty where there is none.
   *
   * <p>The registration is looked up under the lock that {@link #onRosterChange} takes: whoever is
   * registered now loses its slot after this, so that none is left of one who is gone.
   */
  synchronized Optional<Slot<NodeDesired>> slot(NodeName name) {
    return roster
        .node(name)
        .map(node -> nodes.computeIfAbsent(name, n -> new Slot<>(NO_NODE_ORDER)));
  }

  /** As for a node. */
  synchronized Optional<Slot<InstanceDesired>> slot(InstanceId id) {
    return roster.instance(id).map(this::slot);
  }

  /** Of all instances of the channel as they are registered now. */
  synchronized Map<InstanceId, Slot<InstanceDesired>> slots(ChannelId channel) {
    return roster.instancesOf(channel).stream()
        .collect(Collectors.toMap(InstanceRegistration::id, this::slot));
  }

  /** Of everyone who was or may be told something. */
  List<Slot<InstanceDesired>> instanceSlots() {
    return List.copyOf(instances.values());
  }

  /** Lets every waiting agent go, so that the program can end. */
  @PreDestroy
  void close() {
    closed = true;
    nodes.values().forEach(Slot::close);
    instances.values().forEach(Slot::close);
  }

  private Slot<InstanceDesired> slot(InstanceRegistration instance) {
    return instances.computeIfAbsent(instance.id(), id -> new Slot<>(NO_INSTANCE_ORDER));
  }

  private synchronized void onRosterChange(RosterChange change) {
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
