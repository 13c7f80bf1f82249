package io.hydra.manager.reconcile;

import io.hydra.manager.discovery.Roster;
import io.hydra.manager.lead.LeadScoped;
import io.hydra.manager.observe.ObservedCluster;
import io.hydra.model.ChannelId;
import io.hydra.wire.Connection;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import jakarta.annotation.PreDestroy;

/**
 * Meters of the reconciler. What is told of each channel, {@link ChannelGauges} tells: of the many,
 * these are only those to which something happened.
 */
@LeadScoped
public class RolloutMetrics {
  private final MeterRegistry registry;
  private final Timer ticks;
  private final Meter connected;

  public RolloutMetrics(MeterRegistry registry, ObservedCluster cluster, Roster roster) {
    this.registry = registry;
    this.ticks = registry.timer("hydra.tick");
    this.connected =
        Gauge.builder("hydra.nodes.connected", () -> connected(cluster, roster)).register(registry);
  }

  void time(Runnable tick) {
    ticks.record(tick);
  }

  void countGrant(ChannelId channel) {
    registry.counter("hydra.grants", tags(channel)).increment();
  }

  void countRejection(ChannelId channel) {
    registry.counter("hydra.rejections", tags(channel)).increment();
  }

  /** The lead is over: another manager has these now. */
  @PreDestroy
  void forgetAll() {
    registry.remove(connected);
  }

  private static double connected(ObservedCluster cluster, Roster roster) {
    return roster.nodes().stream()
        .filter(node -> cluster.connection(node.name()) == Connection.CONNECTED)
        .count();
  }

  private static Tags tags(ChannelId channel) {
    return Tags.of("channel", channel.toString());
  }
}
