package io.hydra.manager.assign;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.manager.channel.Channel;
import io.hydra.manager.reconcile.World;
import io.hydra.model.ChannelId;
import io.hydra.model.ChannelSettings;
import io.hydra.model.InstanceId;
import io.hydra.model.NodeName;
import io.hydra.model.Release;
import io.hydra.model.ReleaseRef;
import io.hydra.model.ReleaseVersion;
import io.hydra.wire.Capacity;
import io.hydra.wire.Connection;
import io.hydra.wire.CopyState;
import io.hydra.wire.DatasetReport;
import io.hydra.wire.InstanceReport;
import io.hydra.wire.InstanceState;
import io.hydra.wire.NodeReport;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LiveChoiceTest {
  private static final Release OLD = release(1);
  private static final Release NEW = release(2);
  private static final Channel CHANNEL =
      Channel.create(World.CHANNEL, ChannelSettings.DEFAULT)
          .append(OLD, Optional.empty())
          .append(NEW, Optional.empty());

  private static Release release(long sequence) {
    return new Release(
        World.CHANNEL,
        sequence,
        ReleaseVersion.of("v" + sequence),
        Instant.EPOCH,
        List.of(World.onDisk("d", "d" + sequence)));
  }

  private static NodePicture nodeWith(Release... complete) {
    return nodeWith(Map.of(), complete);
  }

  private static NodePicture nodeWith(Map<ChannelId, ReleaseRef> live, Release... complete) {
    var datasets =
        Stream.of(complete)
            .flatMap(release -> release.datasets().stream())
            .map(
                d ->
                    new DatasetReport(
                        d.digest(),
                        CopyState.READY,
                        CopyState.ABSENT,
                        d.bytes(),
                        d.bytes(),
                        0,
                        Optional.empty()))
            .toList();
    var report = new NodeReport(1, true, new Capacity(1, 1), Optional.empty(), datasets, live);
    return new NodePicture(
        NodeName.of("n"), Connection.CONNECTED, Optional.of(Inventory.of(report, 1)), Map.of());
  }

  private static Tenant serving(Release release, boolean ready) {
    var report =
        new InstanceReport(
            1,
            InstanceState.SERVING,
            ready,
            Optional.of(release.ref()),
            Optional.empty(),
            false,
            Map.of(),
            Optional.empty(),
            Optional.empty());
    return new Tenant(InstanceId.of("i"), Optional.of(report), Optional.empty());
  }

  private static Tenant unheard() {
    return new Tenant(InstanceId.of("i"), Optional.empty(), Optional.empty());
  }

  private static Optional<Release> live(
      NodePicture node, Optional<ReleaseRef> previous, boolean settled, Tenant... tenants) {
    return new LiveChoice(CHANNEL, node, List.of(tenants), previous, settled).choose();
  }

  @Test
  void theTargetIsLiveOnceAnInstanceServesItReady() {
    assertThat(live(nodeWith(OLD, NEW), Optional.of(OLD.ref()), true, serving(NEW, true)))
        .contains(NEW);
  }

  @Test
  void whileTheInstanceIsNotReadyTheReleaseBeforeStaysLive() {
    assertThat(live(nodeWith(OLD, NEW), Optional.of(OLD.ref()), true, serving(NEW, false)))
        .contains(OLD);
  }

  @Test
  void withoutInstancesTheTargetIsLiveOnceTheNodeHasAllOfIt() {
    assertThat(live(nodeWith(OLD, NEW), Optional.empty(), true)).contains(NEW);
    assertThat(live(nodeWith(OLD), Optional.empty(), true)).contains(OLD);
  }

  @Test
  void afterARestartWhatIsServedIsLive() {
    assertThat(live(nodeWith(OLD, NEW), Optional.empty(), false, serving(OLD, true))).contains(OLD);
  }

  @Test
  void afterARestartNothingIsGuessedBeforeEveryoneWasHeard() {
    assertThat(live(nodeWith(OLD, NEW), Optional.empty(), false, unheard())).isEmpty();
  }

  @Test
  void afterARestartWithNoInstanceToAskTheLiveFileStays() {
    var node = nodeWith(Map.of(World.CHANNEL, NEW.ref()), OLD, NEW);

    assertThat(live(node, Optional.empty(), true, unheard())).contains(NEW);
    assertThat(live(node, Optional.empty(), false, unheard())).contains(NEW);
  }

  @Test
  void aLiveFileWhoseDataIsGoneIsNotLive() {
    var node = nodeWith(Map.of(World.CHANNEL, NEW.ref()), OLD);

    assertThat(live(node, Optional.empty(), true, unheard())).contains(OLD);
  }

  @Test
  void anUnprovenTargetIsNotLiveWhereAnInstanceShouldProveIt() {
    assertThat(live(nodeWith(OLD, NEW), Optional.empty(), true, unheard())).contains(OLD);
  }
}
