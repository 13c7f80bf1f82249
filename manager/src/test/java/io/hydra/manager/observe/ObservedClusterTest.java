package io.hydra.manager.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.manager.reconcile.World;
import io.hydra.model.Digest;
import io.hydra.model.NodeName;
import io.hydra.wire.Capacity;
import io.hydra.wire.Connection;
import io.hydra.wire.CopyState;
import io.hydra.wire.DatasetReport;
import io.hydra.wire.NodeRegistration;
import io.hydra.wire.NodeReport;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ObservedClusterTest {
  private static final NodeName NODE = NodeName.of("n1");
  private static final Digest DATASET = Digest.sha256("d".getBytes(StandardCharsets.UTF_8));

  private final World world = new World();
  private final List<Sighting> sightings = new ArrayList<>();

  private static News aboutTheDataset(boolean urgent) {
    return new News(urgent, false, Set.of(DATASET), Set.of());
  }

  @BeforeEach
  void aRegisteredNode() {
    world.registrations.registerNode(new NodeRegistration(NODE, Map.of(), "/data", "1"));
    world.cluster.onSighting(sightings::add);
  }

  private static NodeReport report(CopyState disk, long fetched) {
    var dataset =
        new DatasetReport(DATASET, disk, CopyState.ABSENT, fetched, 100, fetched, Optional.empty());
    return new NodeReport(
        1, true, new Capacity(1_000, 1_000 - fetched), Optional.empty(), List.of(dataset));
  }

  @Test
  void aNodeIsExpectedUntilItReports() {
    assertThat(world.cluster.connection(NODE)).isEqualTo(Connection.EXPECTED);
  }

  @Test
  void aNodeIsLostWhenItWasSilentForTooLong() {
    world.cluster.node(NODE, report(CopyState.READY, 100));
    world.clock.pass(Duration.ofSeconds(10));
    assertThat(world.cluster.connection(NODE)).isEqualTo(Connection.CONNECTED);
    world.clock.pass(Duration.ofMillis(1));
    assertThat(world.cluster.connection(NODE)).isEqualTo(Connection.LOST);
  }

  @Test
  void anUnchangedReportIsNoNews() {
    world.cluster.node(NODE, report(CopyState.READY, 100));
    sightings.clear();
    world.cluster.node(NODE, report(CopyState.READY, 100));

    assertThat(sightings).isEmpty();
  }

  @Test
  void progressIsNotUrgent() {
    world.cluster.node(NODE, report(CopyState.MOVING, 10));
    sightings.clear();
    world.cluster.node(NODE, report(CopyState.MOVING, 20));

    assertThat(sightings).containsExactly(new Sighting.OfNode(NODE, aboutTheDataset(false)));
  }

  @Test
  void aDatasetThatGetsReadyIsUrgent() {
    world.cluster.node(NODE, report(CopyState.MOVING, 10));
    sightings.clear();
    world.cluster.node(NODE, report(CopyState.READY, 100));

    assertThat(sightings).containsExactly(new Sighting.OfNode(NODE, aboutTheDataset(true)));
  }

  @Test
  void anUnknownNodeIsToldToRegister() {
    assertThatThrownBy(() -> world.cluster.node(NodeName.of("other"), report(CopyState.READY, 100)))
        .isInstanceOfSatisfying(
            HydraException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNKNOWN_NODE));
  }

  @Test
  void eachStartOfTheManagerBeginsANewerTerm() {
    long before = world.leadership.epoch();
    world.restartManager();

    assertThat(world.leadership.epoch() >> 32).isEqualTo((before >> 32) + 1);
  }

  @Test
  void theManagerSettlesWhenTheLastRegisteredAgentIsHeard() {
    world.restartManager();
    assertThat(world.leadership.settled()).isFalse();
    world.cluster.node(NODE, report(CopyState.READY, 100));

    assertThat(world.leadership.settled()).isTrue();
  }

  @Test
  void theManagerSettlesAfterTheGraceWhoeverIsSilent() {
    world.restartManager();
    world.clock.pass(Duration.ofSeconds(15));

    assertThat(world.leadership.settled()).isTrue();
  }
}
