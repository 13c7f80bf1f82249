package io.hydra.manager.uptime;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.model.Digest;
import io.hydra.model.NodeName;
import io.hydra.wire.Capacity;
import io.hydra.wire.Connection;
import io.hydra.wire.CopyState;
import io.hydra.wire.DatasetReport;
import io.hydra.wire.NodeRegistration;
import io.hydra.wire.NodeReport;
import io.hydra.wire.NodeView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FetchSpeedTest {
  private static final Instant START = Instant.parse("2026-11-26T12:00:00Z");
  private final FetchSpeed speed = new FetchSpeed(20_000_000);

  private static NodeView node(long second, long downloaded, CopyState state) {
    var dataset =
        new DatasetReport(
            Digest.of("a".repeat(64)),
            state,
            CopyState.ABSENT,
            downloaded,
            1_000_000_000,
            downloaded,
            Optional.empty());
    var capacity = new Capacity(1, 1);
    return new NodeView(
        new NodeRegistration(NodeName.of("node-1"), Map.of(), "/data", "1"),
        Connection.CONNECTED,
        Optional.of(START.plusSeconds(second)),
        Optional.of(new NodeReport(1, true, capacity, Optional.empty(), List.of(dataset))));
  }

  @Test
  void givenANodeThatFetches_thenItsSpeedIsApproached() {
    for (int second = 0; second < 100; second += 2) {
      speed.look(List.of(node(second, second * 50_000_000L, CopyState.MOVING)));
    }

    assertThat(speed.bytesPerSecond()).isBetween(49_000_000.0, 50_000_000.0);
  }

  @Test
  void givenANodeThatDoesNotFetch_orCountsAnew_thenNothingIsMeasured() {
    speed.look(List.of(node(0, 500, CopyState.READY)));
    speed.look(List.of(node(2, 50_000_000, CopyState.READY)));
    speed.look(List.of(node(4, 60_000_000, CopyState.MOVING)));
    speed.look(List.of(node(6, 0, CopyState.MOVING)));

    assertThat(speed.bytesPerSecond()).isEqualTo(20_000_000);
  }
}
