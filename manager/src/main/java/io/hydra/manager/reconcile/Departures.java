package io.hydra.manager.reconcile;

import io.hydra.manager.discovery.InstancesConfig;
import io.hydra.manager.lead.LeadScoped;
import io.hydra.model.ChannelId;
import io.hydra.model.NodeName;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Nodes that have a channel's data and no instance of it any more. What was live there is kept for
 * a time: instances come back, and an application may go on without its AppMan.
 */
@LeadScoped
public class Departures {
  private final InstancesConfig config;

  /** When this manager first saw the node without an instance of the channel. */
  private final Map<ChannelId, Map<NodeName, Instant>> since = new HashMap<>();

  public Departures(InstancesConfig config) {
    this.config = config;
  }

  /**
   * Those whose time is not over.
   *
   * @param left all nodes that have the channel's data though they take no part in it
   */
  synchronized Set<NodeName> kept(ChannelId channel, Set<NodeName> left, Instant now) {
    if (left.isEmpty()) {
      since.remove(channel);
      return Set.of();
    }
    var departed = since.computeIfAbsent(channel, c -> new HashMap<>());
    departed.keySet().retainAll(left);
    var kept = new TreeSet<NodeName>();
    for (var node : left) {
      var gone = departed.computeIfAbsent(node, n -> now);
      if (now.isBefore(gone.plus(config.keepData()))) {
        kept.add(node);
      }
    }
    return kept;
  }
}
