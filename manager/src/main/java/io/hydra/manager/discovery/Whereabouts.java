package io.hydra.manager.discovery;

import io.hydra.manager.lead.LeadScoped;
import io.hydra.model.ChannelId;
import io.hydra.model.InstanceId;
import io.hydra.model.NodeName;
import io.hydra.wire.InstanceRegistration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * What somebody else than the agents tells of a channel's consumers: on which nodes they are or
 * will be in a moment, so that data is brought before an AppMan speaks; and which have ended for
 * good. Empty where nobody tells. It only adds to registrations: what an agent says of itself
 * holds.
 */
@LeadScoped
public class Whereabouts {
  private final Roster roster;
  private final Map<ChannelId, Set<NodeName>> nodes = new ConcurrentHashMap<>();
  private final Map<ChannelId, Set<NodeName>> expected = new ConcurrentHashMap<>();
  private final Set<InstanceRegistration> ended = ConcurrentHashMap.newKeySet();
  private final List<Consumer<ChannelId>> listeners = new CopyOnWriteArrayList<>();
  private volatile boolean complete = true;

  public Whereabouts(Roster roster) {
    this.roster = roster;
    roster.onChange(this::onRosterChange);
  }

  public Set<NodeName> nodesOf(ChannelId channel) {
    var now = nodes.getOrDefault(channel, Set.of());
    var later = expected.getOrDefault(channel, Set.of());
    if (later.isEmpty()) {
      return now;
    }
    var both = new HashSet<>(now);
    both.addAll(later);
    return both;
  }

  /** Whether everything was told that there is to tell at the start. */
  public boolean isComplete() {
    return complete;
  }

  /** Somebody is going to tell, and is not done before {@link #complete}. */
  public void expect() {
    complete = false;
  }

  public void complete() {
    complete = true;
  }

  /** Whether the instance runs no more and will not come back under this registration. */
  public boolean hasEnded(InstanceRegistration instance) {
    return ended.contains(instance);
  }

  /** Calls back with each channel whose nodes have changed. */
  public void onChange(Consumer<ChannelId> listener) {
    listeners.add(listener);
  }

  /** All nodes that are known for the channel, in place of those told before. */
  public void put(ChannelId channel, Set<NodeName> now) {
    replace(nodes, channel, now);
  }

  /**
   * All nodes to which consumers of the channel are about to return, in place of those told before.
   */
  public void expected(ChannelId channel, Set<NodeName> now) {
    replace(expected, channel, now);
  }

  private void replace(Map<ChannelId, Set<NodeName>> map, ChannelId channel, Set<NodeName> now) {
    var before = now.isEmpty() ? map.remove(channel) : map.put(channel, Set.copyOf(now));
    if (!now.equals(before == null ? Set.of() : before)) {
      listeners.forEach(listener -> listener.accept(channel));
    }
  }

  /**
   * @param names under which the consumer may be registered
   */
  public void started(ChannelId channel, NodeName node, Collection<InstanceId> names) {
    names.forEach(name -> ended.remove(new InstanceRegistration(name, channel, node)));
  }

  /** The opposite of {@link #started}. */
  public void ended(ChannelId channel, NodeName node, Collection<InstanceId> names) {
    names.stream()
        .map(name -> new InstanceRegistration(name, channel, node))
        .filter(gone -> roster.instance(gone.id()).filter(gone::equals).isPresent())
        .forEach(ended::add);
  }

  private void onRosterChange(RosterChange change) {
    if (change instanceof RosterChange.OfInstance(var before, var after)) {
      before.filter(old -> !after.filter(old::equals).isPresent()).ifPresent(ended::remove);
    }
  }
}
