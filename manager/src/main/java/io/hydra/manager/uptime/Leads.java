package io.hydra.manager.uptime;

import io.hydra.manager.channel.Channel;
import io.hydra.manager.channel.Channels;
import io.hydra.manager.channel.Channels.Versioned;
import io.hydra.manager.discovery.NodeLabels;
import io.hydra.manager.discovery.Roster;
import io.hydra.manager.observe.ClusterView;
import io.hydra.model.ChannelId;
import io.hydra.model.Release;
import io.hydra.model.ReleaseDataset;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** How long before a window each channel's data has to be fetched, as fast as nodes are seen to. */
@ApplicationScoped
class Leads {
  private final UptimeConfig config;
  private final Channels channels;
  private final Roster roster;
  private final ClusterView cluster;
  private final NodeLabels labels;
  private final FetchSpeed speed;

  Leads(
      UptimeConfig config,
      Channels channels,
      Roster roster,
      ClusterView cluster,
      NodeLabels labels) {
    this.config = config;
    this.channels = channels;
    this.roster = roster;
    this.cluster = cluster;
    this.labels = labels;
    this.speed = new FetchSpeed(config.assumedSpeed());
  }

  /** Measures; called now and then. */
  synchronized void look() {
    speed.look(cluster.nodes());
  }

  PrefetchPlanner planner() {
    return new PrefetchPlanner(roster.nodes(), this::of, labels::matches);
  }

  private synchronized Duration of(ChannelId channel) {
    long bytes =
        channels
            .find(channel)
            .map(Versioned::channel)
            .flatMap(Channel::target)
            .map(Leads::bytes)
            .orElse(0L);
    return new LeadTime(config.shortestLead(), config.longestLead(), speed.bytesPerSecond())
        .of(bytes);
  }

  private static long bytes(Release release) {
    return release.datasets().stream().mapToLong(ReleaseDataset::bytes).sum();
  }
}
