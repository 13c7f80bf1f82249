package io.hydra.manager.reconcile;

import io.hydra.manager.channel.Channel;
import io.hydra.manager.discovery.Roster;
import io.hydra.manager.lead.LeadScoped;
import io.hydra.manager.observe.ObservedCluster;
import io.hydra.model.ChannelId;
import io.hydra.model.Release;
import io.hydra.wire.Connection;
import io.hydra.wire.InstanceReport;
import io.hydra.wire.InstanceState;
import io.hydra.wire.InstanceView;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import jakarta.annotation.PreDestroy;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Meters of rollouts: one set a channel, never one an instance or node. */
@LeadScoped
public class RolloutMetrics {
  private final MeterRegistry registry;
  private final Timer ticks;
  private final Meter connected;
  private final Map<ChannelId, Values> values = new HashMap<>();

  /** What a channel's gauges read. */
  private static final class Values {
    final List<Meter> meters = new ArrayList<>();
    final Map<InstanceState, Integer> instances = new EnumMap<>(InstanceState.class);
    volatile long target;
    volatile int onTarget;
    boolean hadInstances;
  }

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

  synchronized void observe(
      Channel channel, ChannelPlan plan, ObservedCluster cluster, Roster roster) {
    var current = values.computeIfAbsent(channel.id(), this::register);
    current.target = plan.target().map(Release::sequence).orElse(0L);
    var instances = roster.instancesOf(channel.id());
    if (instances.isEmpty() && !current.hadInstances) {
      return;
    }
    if (!current.hadInstances) {
      current.hadInstances = true;
      registerInstances(channel.id(), current);
    }
    var heard =
        instances.stream()
            .map(cluster::view)
            .filter(instance -> instance.connection() == Connection.CONNECTED)
            .filter(instance -> instance.report().isPresent())
            .toList();
    for (var state : InstanceState.values()) {
      current.instances.put(
          state,
          (int) heard.stream().filter(i -> i.report().orElseThrow().state() == state).count());
    }
    current.onTarget = (int) heard.stream().filter(i -> isOn(i, plan)).count();
  }

  synchronized void forget(ChannelId channel) {
    var gone = values.remove(channel);
    if (gone != null) {
      gone.meters.forEach(registry::remove);
    }
  }

  /** The lead is over: another manager has these now. */
  @PreDestroy
  synchronized void forgetAll() {
    Set.copyOf(values.keySet()).forEach(this::forget);
    registry.remove(connected);
  }

  private static boolean isOn(InstanceView instance, ChannelPlan plan) {
    return plan.isOnTarget(instance) && instance.report().filter(InstanceReport::ready).isPresent();
  }

  private static double connected(ObservedCluster cluster, Roster roster) {
    return roster.nodes().stream()
        .filter(node -> cluster.connection(node.name()) == Connection.CONNECTED)
        .count();
  }

  private Values register(ChannelId channel) {
    var fresh = new Values();
    var tags = tags(channel);
    fresh.meters.add(
        Gauge.builder("hydra.channel.target", () -> fresh.target).tags(tags).register(registry));
    return fresh;
  }

  /** Six more, which channels without instances, of which there may be thousands, do without. */
  private void registerInstances(ChannelId channel, Values values) {
    var tags = tags(channel);
    values.meters.add(
        Gauge.builder("hydra.channel.on.target", () -> values.onTarget)
            .tags(tags)
            .register(registry));
    for (var state : InstanceState.values()) {
      values.meters.add(
          Gauge.builder("hydra.channel.instances", () -> instances(values, state))
              .tags(tags.and("state", state.name()))
              .register(registry));
    }
  }

  private synchronized int instances(Values channel, InstanceState state) {
    return channel.instances.getOrDefault(state, 0);
  }

  private static Tags tags(ChannelId channel) {
    return Tags.of("channel", channel.toString());
  }
}
