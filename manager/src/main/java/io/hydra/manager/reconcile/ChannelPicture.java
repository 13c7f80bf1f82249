package io.hydra.manager.reconcile;

import io.hydra.manager.assign.NodePicture;
import io.hydra.manager.channel.Channel;
import io.hydra.manager.rollout.Pod;
import io.hydra.model.NodeName;
import io.hydra.model.ScopeName;
import io.hydra.wire.InstanceView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * All that a channel's plan depends on.
 *
 * @param instances of the channel, ordered by id, with the orders they have
 * @param nodes that take part, whether they are registered or not
 * @param scopes of those nodes that are in one
 * @param left nodes that take no part any more, and keep what was live there
 * @param pods of the channel, as a cluster tells of them
 * @param unsettled what the manager waits for before it grants anything; empty when settled
 */
public record ChannelPicture(
    Channel channel,
    List<InstanceView> instances,
    SortedMap<NodeName, NodePicture> nodes,
    Map<NodeName, ScopeName> scopes,
    SortedMap<NodeName, NodePicture> left,
    List<Pod> pods,
    Optional<String> unsettled,
    Instant now) {
  boolean settled() {
    return unsettled.isEmpty();
  }

  /** Empty for a node that no scope has. */
  public Optional<ScopeName> scopeOf(NodeName node) {
    return Optional.ofNullable(scopes.get(node));
  }

  /** The channel as the node sees it. */
  public Channel channelOn(NodeName node) {
    return channel.seenFrom(scopeOf(node));
  }
}
