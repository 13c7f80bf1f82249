package io.hydra.manager.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.manager.channel.Channel;
import io.hydra.model.ChannelId;
import io.hydra.model.ChannelSettings;
import io.hydra.wire.RolloutPhase;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.exporter.common.TextFormat;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChannelGaugesTest {
  private static final ChannelId QUIET = ChannelId.parse("prod/search/quiet");

  private final World world = new World();
  private final CollectorRegistry registry = new CollectorRegistry();

  @BeforeEach
  void oneChannelHasInstancesAndOneHasNone() {
    world.channels.create(Channel.create(QUIET, ChannelSettings.DEFAULT));
    world.instance("a", world.node("n1"));
    world.instance("b", world.node("n2"));
    world.publish(World.onDisk("big", "big-1"));
    world.step();
    assertThat(world.within(40, () -> world.phase() == RolloutPhase.DONE)).isTrue();
    new ChannelGauges(world.plans, world.roster, world.cluster).register(registry);
  }

  /** As Prometheus reads it, without comments. */
  private List<String> lines() {
    var text = new StringWriter();
    try {
      TextFormat.write004(text, registry.metricFamilySamples());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return text.toString().lines().filter(line -> !line.startsWith("#")).toList();
  }

  @Test
  void thenEachChannelTellsItsTargetAndThoseWithInstancesTheirStates() {
    assertThat(lines())
        .containsExactlyInAnyOrder(
            "hydra_channel_target{channel=\"prod/search/searcher\",} 1.0",
            "hydra_channel_target{channel=\"prod/search/quiet\",} 0.0",
            "hydra_channel_on_target{channel=\"prod/search/searcher\",} 2.0",
            instances("WAITING", 0),
            instances("SERVING", 2),
            instances("DRAINING", 0),
            instances("RELOADING", 0),
            instances("FAILED", 0));
  }

  private static String instances(String state, int count) {
    return "hydra_channel_instances{channel=\"prod/search/searcher\",state=\"%s\",} %d.0"
        .formatted(state, count);
  }

  @Test
  void givenInstancesThatAreGone_thenTheChannelTellsZeroes() {
    assertThat(lines()).contains(instances("SERVING", 2));
    world.instances.values().forEach(i -> world.registrations.forgetInstance(i.id));

    assertThat(lines())
        .contains(
            instances("SERVING", 0),
            "hydra_channel_on_target{channel=\"prod/search/searcher\",} 0.0");
  }

  @Test
  void givenANewManager_thenOnlyWhatItHasPlannedIsTold() {
    lines();
    world.plans.remove(World.CHANNEL, new TreeMap<>());
    world.plans.remove(QUIET, new TreeMap<>());

    assertThat(lines()).isEmpty();
  }
}
