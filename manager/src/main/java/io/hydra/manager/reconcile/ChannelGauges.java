package io.hydra.manager.reconcile;

import io.hydra.manager.discovery.Roster;
import io.hydra.manager.observe.ObservedCluster;
import io.hydra.model.ChannelId;
import io.hydra.model.Release;
import io.hydra.wire.Connection;
import io.hydra.wire.InstanceReport;
import io.hydra.wire.InstanceState;
import io.hydra.wire.InstanceView;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.prometheus.client.Collector;
import io.prometheus.client.GaugeMetricFamily;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Gauges of each channel, read from the plans when somebody asks: there may be thousands of
 * channels, and meters of their own would cost each a few KiB. One set a channel, never one an
 * instance or node. A manager that does not lead has none.
 */
@ApplicationScoped
class ChannelGauges extends Collector {
  private final Plans plans;
  private final Roster roster;
  private final ObservedCluster cluster;

  /** Where the last instance has gone, the numbers are 0, as long as there is the channel. */
  private final Set<ChannelId> withInstances = ConcurrentHashMap.newKeySet();

  ChannelGauges(Plans plans, Roster roster, ObservedCluster cluster) {
    this.plans = plans;
    this.roster = roster;
    this.cluster = cluster;
  }

  /** The registry's class is an old one, of the client library that Quarkus still comes with. */
  @SuppressWarnings("deprecation")
  void start(@Observes StartupEvent event, Instance<PrometheusMeterRegistry> registries) {
    registries.forEach(registry -> registry.getPrometheusRegistry().register(this));
  }

  /** Three families, whatever channels there are. */
  private record Families(
      GaugeMetricFamily target, GaugeMetricFamily onTarget, GaugeMetricFamily instances) {}

  @Override
  public List<MetricFamilySamples> collect() {
    var families =
        new Families(
            new GaugeMetricFamily(
                "hydra_channel_target",
                "Sequence number of the release that the channel aims at, 0 where there is none",
                List.of("channel")),
            new GaugeMetricFamily(
                "hydra_channel_on_target",
                "Instances that are ready on the release that they should be on",
                List.of("channel")),
            new GaugeMetricFamily(
                "hydra_channel_instances",
                "Connected instances by state",
                List.of("channel", "state")));
    plans.forEach((id, plan) -> add(families, id, plan));
    withInstances.removeIf(id -> plans.find(id).isEmpty());
    return List.of(families.target(), families.onTarget(), families.instances());
  }

  private void add(Families families, ChannelId id, ChannelPlan plan) {
    var name = id.toString();
    families.target().addMetric(List.of(name), plan.target().map(Release::sequence).orElse(0L));
    var instances = roster.instancesOf(id).stream().map(cluster::view).toList();
    if (!instances.isEmpty()) {
      withInstances.add(id);
    }
    if (!withInstances.contains(id)) {
      return;
    }
    var heard = instances.stream().filter(ChannelGauges::isHeard).toList();
    families.onTarget().addMetric(List.of(name), count(heard, i -> isReadyOnTarget(i, plan)));
    for (var state : InstanceState.values()) {
      families
          .instances()
          .addMetric(List.of(name, state.name()), count(heard, i -> isIn(state, i)));
    }
  }

  private static int count(List<InstanceView> instances, Predicate<InstanceView> which) {
    return (int) instances.stream().filter(which).count();
  }

  private static boolean isHeard(InstanceView instance) {
    return instance.connection() == Connection.CONNECTED && instance.report().isPresent();
  }

  private static boolean isIn(InstanceState state, InstanceView instance) {
    return instance.report().filter(report -> report.state() == state).isPresent();
  }

  private static boolean isReadyOnTarget(InstanceView instance, ChannelPlan plan) {
    return plan.isOnTarget(instance) && instance.report().filter(InstanceReport::ready).isPresent();
  }
}
