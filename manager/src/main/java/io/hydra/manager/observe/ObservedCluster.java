package io.hydra.manager.observe;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.manager.assign.Inventory;
import io.hydra.manager.discovery.Roster;
import io.hydra.manager.discovery.RosterChange;
import io.hydra.manager.lead.LeadScoped;
import io.hydra.model.ChannelId;
import io.hydra.model.InstanceId;
import io.hydra.model.NodeName;
import io.hydra.wire.Connection;
import io.hydra.wire.InstanceRegistration;
import io.hydra.wire.InstanceReport;
import io.hydra.wire.InstanceView;
import io.hydra.wire.NodeRegistration;
import io.hydra.wire.NodeReport;
import io.hydra.wire.NodeView;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The last report of every agent, in memory only: agents repeat them. */
@LeadScoped
public class ObservedCluster implements ClusterView, Reports {
  private static final Logger LOG = Logger.getLogger(ObservedCluster.class);

  private final Roster roster;
  private final GrantSource grants;
  private final Term term;
  private final AgentsConfig config;
  private final Clock clock;
  private final Map<NodeName, NodeSight> nodes = new ConcurrentHashMap<>();
  private final AtomicLong inventories = new AtomicLong();
  private final LiveNodes live = new LiveNodes();
  private final Unheard unheard;
  private final Map<InstanceId, InstanceSight> instances = new ConcurrentHashMap<>();
  private final List<Consumer<Sighting>> listeners = new CopyOnWriteArrayList<>();
  private final Set<String> fromTheFuture = ConcurrentHashMap.newKeySet();

  /**
   * @param back when it was heard again after it had been lost, or after this manager lost its
   *     state
   */
  private record NodeSight(Inventory inventory, Instant heard, Optional<Instant> back) {}

  private record InstanceSight(InstanceReport report, Instant heard) {}

  public ObservedCluster(
      Roster roster, GrantSource grants, Term term, AgentsConfig config, Clock clock) {
    this.roster = roster;
    this.grants = grants;
    this.term = term;
    this.config = config;
    this.clock = clock;
    this.unheard = new Unheard(roster, nodes::containsKey, instances::containsKey);
    roster.onChange(this::onRosterChange);
  }

  /** Calls back on the reporting agent's thread whenever a report differs from the one before. */
  public void onSighting(Consumer<Sighting> listener) {
    listeners.add(listener);
  }

  @Override
  public void node(NodeName name, NodeReport report) {
    roster.requireNode(name);
    requireComplete(report);
    boolean isAhead = noteEpoch("node=" + name, report.epoch());
    var now = clock.instant();
    var last = new AtomicReference<@Nullable NodeSight>();
    // Of two reports at a time, each is compared with the one before it.
    nodes.compute(
        name,
        (_, old) -> {
          last.set(old);
          var before = Optional.ofNullable(old);
          if (before.filter(b -> b.inventory().report().equals(report)).isEmpty()) {
            live.replace(name, liveOf(before), report.live().keySet());
          }
          return new NodeSight(
              inventory(before, report), now, isAhead ? Optional.of(now) : back(before, now));
        });
    var before = Optional.ofNullable(last.get()).map(sight -> sight.inventory().report());
    unheard.heard(name);
    if (before.filter(report::equals).isEmpty()) {
      tell(new Sighting.OfNode(name, News.between(before, report)));
    }
  }

  @Override
  public void instance(InstanceId id, InstanceReport report) {
    roster.requireInstance(id);
    requireComplete(report);
    noteEpoch("instance=" + id, report.epoch());
    var before = Optional.ofNullable(instances.put(id, new InstanceSight(report, clock.instant())));
    unheard.heard(id);
    if (before.filter(b -> b.report().equals(report)).isEmpty()) {
      tell(new Sighting.OfInstance(id));
    }
  }

  @Override
  public List<NodeView> nodes() {
    return roster.nodes().stream().map(this::view).toList();
  }

  @Override
  public Optional<NodeView> node(NodeName name) {
    return roster.node(name).map(this::view);
  }

  @Override
  public List<InstanceView> instances() {
    return roster.instances().stream().map(this::view).toList();
  }

  @Override
  public Optional<InstanceView> instance(InstanceId id) {
    return roster.instance(id).map(this::view);
  }

  /** As {@link #instance}, of a registration that is at hand. */
  public InstanceView view(InstanceRegistration registration) {
    var sight = Optional.ofNullable(instances.get(registration.id()));
    return new InstanceView(
        registration,
        connection(registration.id()),
        sight.map(InstanceSight::heard),
        sight.map(InstanceSight::report),
        grants.granted(registration.id()));
  }

  public Optional<Inventory> inventory(NodeName name) {
    return Optional.ofNullable(nodes.get(name)).map(NodeSight::inventory);
  }

  /** The nodes that have a live file of the channel. */
  public Set<NodeName> nodesWithLive(ChannelId channel) {
    return live.of(channel);
  }

  /** The same as before, where nothing has changed: reports are many. */
  private Inventory inventory(Optional<NodeSight> before, NodeReport report) {
    return before
        .map(NodeSight::inventory)
        .filter(inventory -> inventory.report().equals(report))
        .orElseGet(() -> Inventory.of(report, inventories.incrementAndGet()));
  }

  private static Set<ChannelId> liveOf(Optional<NodeSight> sight) {
    return sight.map(s -> s.inventory().report().live().keySet()).orElse(Set.of());
  }

  public Connection connection(NodeName name) {
    return connection(Optional.ofNullable(nodes.get(name)).map(NodeSight::heard));
  }

  public Connection connection(InstanceId id) {
    return connection(Optional.ofNullable(instances.get(id)).map(InstanceSight::heard));
  }

  /** When the instance was last heard; empty if this manager has not heard of it. */
  public Optional<Instant> lastHeard(InstanceId id) {
    return Optional.ofNullable(instances.get(id)).map(InstanceSight::heard);
  }

  /**
   * When the node was heard again after it had been lost, or after this manager had lost its state;
   * empty otherwise. Its instances may have to register first.
   */
  public Optional<Instant> backSince(NodeName name) {
    return Optional.ofNullable(nodes.get(name)).flatMap(NodeSight::back);
  }

  /** Registered agents that were never heard, as people name them; found as far as it is read. */
  public Stream<String> unheard() {
    return unheard.named();
  }

  private NodeView view(NodeRegistration registration) {
    var sight = Optional.ofNullable(nodes.get(registration.name()));
    return new NodeView(
        registration,
        connection(registration.name()),
        sight.map(NodeSight::heard),
        sight.map(NodeSight::inventory).map(Inventory::report));
  }

  private Connection connection(Optional<Instant> heard) {
    if (heard.isEmpty()) {
      return Connection.EXPECTED;
    }
    return isLate(heard.get(), clock.instant()) ? Connection.LOST : Connection.CONNECTED;
  }

  private boolean isLate(Instant heard, Instant now) {
    return Duration.between(heard, now).compareTo(config.lostAfter()) > 0;
  }

  private Optional<Instant> back(Optional<NodeSight> before, Instant now) {
    return before
        .filter(b -> isLate(b.heard(), now))
        .map(b -> now)
        .or(() -> before.flatMap(NodeSight::back));
  }

  /** What it did elsewhere, or for another channel, says nothing about it any more. */
  private void onRosterChange(RosterChange change) {
    switch (change) {
      case RosterChange.OfNode(var before, var after) -> {
        before.filter(b -> after.isEmpty()).ifPresent(b -> forget(b.name()));
        before.or(() -> after).map(NodeRegistration::name).ifPresent(unheard::node);
      }
      case RosterChange.OfInstance(var before, var after) -> {
        before.filter(b -> !Optional.of(b).equals(after)).ifPresent(b -> instances.remove(b.id()));
        before.or(() -> after).map(InstanceRegistration::id).ifPresent(unheard::instance);
      }
    }
  }

  private void forget(NodeName node) {
    live.replace(node, liveOf(Optional.ofNullable(nodes.remove(node))), Set.of());
  }

  /**
   * Such an agent refuses every order, and would for ever. Where the store is this manager's own,
   * its state was lost or is an older copy, and this lead must become newer than the lost ones.
   *
   * @return whether the agent was ahead
   */
  private boolean noteEpoch(String agent, long epoch) {
    long newest = term.epoch();
    if (epoch <= newest) {
      return false;
    }
    if (term.raiseAbove(epoch)) {
      LOG.errorf(
          "%s obeyed a newer manager than this one epoch=%d newest=%d: its state was lost or is an"
              + " older copy; it goes on with newer epochs code=%s",
          agent, epoch, newest, ErrorCode.STALE_EPOCH);
      return true;
    }
    if (fromTheFuture.add(agent)) {
      LOG.errorf(
          "%s obeys a newer manager than this one epoch=%d newest=%d: another manager leads code=%s",
          agent, epoch, newest, ErrorCode.STALE_EPOCH);
    }
    return true;
  }

  private void tell(Sighting sighting) {
    listeners.forEach(listener -> listener.accept(sighting));
  }

  private static void requireComplete(NodeReport report) {
    requirePresent("disk", report.disk());
    requirePresent("ram", report.ram());
    for (var dataset : report.datasets()) {
      requirePresent("digest", dataset.digest());
      requirePresent("disk", dataset.disk());
      requirePresent("ram", dataset.ram());
    }
  }

  private static void requireComplete(InstanceReport report) {
    requirePresent("state", report.state());
  }

  private static void requirePresent(String field, Object value) {
    if (Objects.isNull(value)) {
      throw new HydraException(ErrorCode.INVALID_REQUEST, "the report lacks '%s'".formatted(field));
    }
  }
}
