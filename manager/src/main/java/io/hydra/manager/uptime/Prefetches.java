package io.hydra.manager.uptime;

import io.hydra.manager.discovery.Whereabouts;
import io.hydra.manager.lead.LeadScoped;
import io.hydra.model.ChannelId;
import io.hydra.model.NodeName;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jboss.logging.Logger;

/** Has nodes want data before its consumers return, and until their pods are there. */
@LeadScoped
class Prefetches {
  private static final Logger LOG = Logger.getLogger(Prefetches.class);

  /** From the start of a window until its pods are bound, whatever the cluster is busy with. */
  private static final Duration UNTIL_BOUND = Duration.ofMinutes(15);

  private final Whereabouts whereabouts;
  private final Map<ChannelId, Map<NodeName, Instant>> wanted = new HashMap<>();

  Prefetches(Whereabouts whereabouts) {
    this.whereabouts = whereabouts;
  }

  /**
   * @param due what has to be fetched by now
   */
  synchronized void update(Collection<Prefetch> due, Instant now) {
    for (var prefetch : due) {
      var nodes = wanted.computeIfAbsent(prefetch.channel(), this::begin);
      prefetch.nodes().forEach(node -> nodes.put(node, prefetch.start().plus(UNTIL_BOUND)));
    }
    for (var channel : Set.copyOf(wanted.keySet())) {
      var nodes = wanted.getOrDefault(channel, Map.of());
      nodes.values().removeIf(end -> !now.isBefore(end));
      whereabouts.expected(channel, new TreeSet<>(nodes.keySet()));
      wanted.remove(channel, Map.of());
    }
  }

  private Map<NodeName, Instant> begin(ChannelId channel) {
    LOG.infof("data is fetched for consumers that are about to return channel=%s", channel);
    return new HashMap<>();
  }
}
