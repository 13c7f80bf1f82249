package io.hydra.manager.uptime;

import io.hydra.manager.channel.Channel;
import io.hydra.manager.channel.Channels;
import io.hydra.manager.channel.Channels.Versioned;
import io.hydra.manager.discovery.Roster;
import io.hydra.manager.discovery.SelectedNodes;
import io.hydra.manager.observe.FetchSpeed;
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
  private final SelectedNodes selected;
  private final FetchSpeed speed;

  Leads(
      UptimeConfig config,
      Channels channels,
      Roster roster,
      FetchSpeed speed,
      SelectedNodes selected) {
    this.config = config;
    this.channels = channels;
    this.roster = roster;
    this.selected = selected;
    this.speed = speed;
  }

  PrefetchPlanner planner() {
    return new PrefetchPlanner(
        this::of, name -> roster.node(name).isPresent(), selected::admitting);
  }

  private Duration of(ChannelId channel) {
    long bytes =
        channels
            .find(channel)
            .map(Versioned::channel)
            .flatMap(Channel::target)
            .map(Leads::bytes)
            .orElse(0L);
    return new LeadTime(config.shortestLead(), config.longestLead(), bytesPerSecond()).of(bytes);
  }

  private double bytesPerSecond() {
    return speed.bytesPerSecond().orElse((double) config.assumedSpeed());
  }

  private static long bytes(Release release) {
    return release.datasets().stream().mapToLong(ReleaseDataset::bytes).sum();
  }
}
