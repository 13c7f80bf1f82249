package io.hydra.manager.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.manager.reconcile.World;
import io.hydra.model.Digest;
import io.hydra.model.NodeName;
import io.hydra.wire.Capacity;
import io.hydra.wire.CopyState;
import io.hydra.wire.DatasetReport;
import io.hydra.wire.NodeRegistration;
import io.hydra.wire.NodeReport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FetchSpeedTest {
  private static final NodeName NODE = NodeName.of("n1");
  private static final NodeName OTHER = NodeName.of("n2");

  private final World world = new World();
  private final FetchSpeed speed = new FetchSpeed(world.cluster, world.clock);

  @BeforeEach
  void twoNodes() {
    world.registrations.registerNode(new NodeRegistration(NODE, Map.of(), "/data", "1"));
    world.registrations.registerNode(new NodeRegistration(OTHER, Map.of(), "/data", "1"));
  }

  private void hear(NodeName node, long downloaded, CopyState state) {
    var dataset =
        new DatasetReport(
            Digest.of("a".repeat(64)),
            state,
            CopyState.ABSENT,
            downloaded,
            1_000_000_000,
            downloaded,
            Optional.empty());
    world.cluster.node(
        node, new NodeReport(1, true, new Capacity(1, 1), Optional.empty(), List.of(dataset)));
  }

  @Test
  void givenNodesThatFetch_thenEachHasItsSpeed_andOthersTheirMean() {
    for (int i = 0; i < 50; i++) {
      hear(NODE, i * 100_000_000L, CopyState.MOVING);
      hear(OTHER, i * 20_000_000L, CopyState.MOVING);
      world.clock.pass(Duration.ofSeconds(2));
    }

    assertThat(speed.bytesPerSecond(NODE)).hasValue(50_000_000);
    assertThat(speed.bytesPerSecond(OTHER)).hasValue(10_000_000);
    assertThat(speed.bytesPerSecond(NodeName.of("n3")).orElseThrow())
        .isBetween(10_000_000.0, 50_000_000.0);
  }

  @Test
  void givenReportsInQuickSuccession_thenTheyAreMeasuredTogether() {
    for (int i = 0; i < 40; i++) {
      hear(NODE, i * 1_000_000L, CopyState.MOVING);
      world.clock.pass(Duration.ofMillis(100));
    }

    assertThat(speed.bytesPerSecond()).hasValue(10_000_000);
  }

  @Test
  void givenANodeThatDoesNotFetch_orCountsAnew_thenNothingIsMeasured() {
    hear(NODE, 500, CopyState.READY);
    world.clock.pass(Duration.ofSeconds(2));
    hear(NODE, 50_000_000, CopyState.READY);
    world.clock.pass(Duration.ofSeconds(2));
    hear(NODE, 60_000_000, CopyState.MOVING);
    world.clock.pass(Duration.ofSeconds(2));
    hear(NODE, 0, CopyState.MOVING);

    assertThat(speed.bytesPerSecond()).isEmpty();
  }
}
