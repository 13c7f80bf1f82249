package io.hydra.manager.assign;

import static io.hydra.manager.reconcile.World.inRam;
import static io.hydra.manager.reconcile.World.onDisk;
import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.manager.channel.Channel;
import io.hydra.manager.reconcile.World;
import io.hydra.model.Budget;
import io.hydra.model.ChannelSettings;
import io.hydra.model.Digest;
import io.hydra.model.InstanceId;
import io.hydra.model.NodeName;
import io.hydra.model.Release;
import io.hydra.model.ReleaseDataset;
import io.hydra.model.ReleaseVersion;
import io.hydra.wire.Capacity;
import io.hydra.wire.Connection;
import io.hydra.wire.CopyState;
import io.hydra.wire.DatasetReport;
import io.hydra.wire.DesiredDataset;
import io.hydra.wire.InstanceReport;
import io.hydra.wire.InstanceState;
import io.hydra.wire.NodeReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A node of 100 bytes of RAM; the old release has 60 there, the new one wants 60. */
class NodePlannerTest {
  private static final ReleaseDataset OLD_RAM = inRam("r", "old-ram", 60);
  private static final ReleaseDataset NEW_RAM = inRam("r", "new-ram", 60);
  private static final ReleaseDataset NEW_DISK = onDisk("d", "new-disk");
  private static final Release OLDEST = release(1, onDisk("d", "oldest"));
  private static final Release OLD = release(2, OLD_RAM, onDisk("d", "old-disk"));
  private static final Release NEW = release(3, NEW_RAM, NEW_DISK);
  private static final Channel CHANNEL =
      Channel.create(World.CHANNEL, ChannelSettings.DEFAULT)
          .append(OLDEST, Optional.empty())
          .append(OLD, Optional.empty())
          .append(NEW, Optional.empty());

  private static Release release(long sequence, ReleaseDataset... datasets) {
    return new Release(
        World.CHANNEL,
        sequence,
        ReleaseVersion.of("v" + sequence),
        Instant.EPOCH,
        List.of(datasets));
  }

  private static NodePlanner planner(long ramFree, Set<Digest> inRam, Release... onDisk) {
    return planner(CHANNEL, true, ramFree, inRam, onDisk);
  }

  private static NodePlanner planner(
      Channel channel, boolean settled, long ramFree, Set<Digest> inRam, Release... onDisk) {
    var reports = new ArrayList<DatasetReport>();
    for (var release : onDisk) {
      for (var d : release.datasets()) {
        reports.add(
            new DatasetReport(
                d.digest(),
                CopyState.READY,
                inRam.contains(d.digest()) ? CopyState.READY : CopyState.ABSENT,
                d.bytes(),
                d.bytes(),
                0,
                Optional.empty()));
      }
    }
    var report =
        new NodeReport(
            1, true, new Capacity(1, 1), Optional.of(new Capacity(100, ramFree)), reports);
    var node =
        new NodePicture(
            NodeName.of("n"), Connection.CONNECTED, Optional.of(Inventory.of(report, 1)), Map.of());
    return new NodePlanner(channel, node, Optional.of(OLD), settled);
  }

  private static Tenant tenant(InstanceState state, boolean released, Release granted) {
    var report =
        new InstanceReport(
            1,
            state,
            state == InstanceState.SERVING,
            Optional.of(OLD.ref()),
            state == InstanceState.DRAINING ? Optional.of(NEW.ref()) : Optional.empty(),
            released,
            Map.of(),
            Optional.empty(),
            Optional.empty());
    return new Tenant(InstanceId.of("i"), Optional.of(report), Optional.of(granted.ref()));
  }

  private static final Tenant SERVING = tenant(InstanceState.SERVING, false, OLD);
  private static final Tenant RELEASED = tenant(InstanceState.DRAINING, true, NEW);

  private static Set<Digest> ram(NodeContribution contribution) {
    return contribution.datasets().stream()
        .filter(DesiredDataset::ram)
        .map(DesiredDataset::digest)
        .collect(Collectors.toSet());
  }

  private static Set<Digest> disk(NodeContribution contribution) {
    return contribution.datasets().stream().map(DesiredDataset::digest).collect(Collectors.toSet());
  }

  @Test
  void theNewRamCopiesWaitWhileTheOldAreInUse() {
    var planner = planner(40, Set.of(OLD_RAM.digest()), OLD, NEW);

    assertThat(ram(planner.contribution(List.of(SERVING)))).containsExactly(OLD_RAM.digest());
  }

  @Test
  void theNodeIsReadyToSwapWhenAllIsOnDisk() {
    assertThat(planner(40, Set.of(OLD_RAM.digest()), OLD, NEW).preparation(NEW, List.of(SERVING)))
        .isEqualTo(new Preparation.Swap(60, 40));
    assertThat(planner(40, Set.of(OLD_RAM.digest()), OLD).preparation(NEW, List.of(SERVING)))
        .isInstanceOf(Preparation.Fetching.class);
  }

  @Test
  void theNewRamCopiesReplaceTheOldWhenEveryoneHasLetGo() {
    var planner = planner(40, Set.of(OLD_RAM.digest()), OLD, NEW);

    assertThat(ram(planner.contribution(List.of(RELEASED)))).containsExactly(NEW_RAM.digest());
  }

  @Test
  void oneThatHoldsOnKeepsTheOldRamCopiesForAll() {
    var planner = planner(40, Set.of(OLD_RAM.digest()), OLD, NEW);

    assertThat(ram(planner.contribution(List.of(RELEASED, SERVING))))
        .containsExactly(OLD_RAM.digest());
  }

  @Test
  void theOldDiskCopiesStayForTheWayBack() {
    var planner = planner(40, Set.of(OLD_RAM.digest()), OLD, NEW);

    assertThat(disk(planner.contribution(List.of(RELEASED)))).contains(OLD_RAM.digest());
  }

  @Test
  void unchangedContentIsFetchedFromWhereTheTargetHasIt() {
    var before = release(1, at("s3://bucket/old/", NEW_DISK));
    var after = release(2, at("s3://bucket/new/", NEW_DISK));
    var channel =
        Channel.create(World.CHANNEL, ChannelSettings.DEFAULT)
            .append(before, Optional.empty())
            .append(after, Optional.empty());
    var node = new NodePicture(NodeName.of("n"), Connection.CONNECTED, Optional.empty(), Map.of());
    var planner = new NodePlanner(channel, node, Optional.of(before), true);

    var wanted = planner.contribution(List.of(tenant(InstanceState.SERVING, false, before)));

    assertThat(wanted.datasets())
        .extracting(DesiredDataset::source)
        .containsExactly("s3://bucket/new/");
  }

  private static ReleaseDataset at(String source, ReleaseDataset dataset) {
    return new ReleaseDataset(
        dataset.name(),
        source,
        dataset.version(),
        dataset.placement(),
        dataset.digest(),
        dataset.bytes(),
        dataset.files());
  }

  @Test
  void bothStayInRamWhereBothFit() {
    var planner = planner(60, Set.of(OLD_RAM.digest()), OLD, NEW);

    assertThat(ram(planner.contribution(List.of(SERVING))))
        .containsExactlyInAnyOrder(OLD_RAM.digest(), NEW_RAM.digest());
  }

  @Test
  void withoutInstancesTheLastGoodStaysInRamUntilTheTargetIsOnDisk() {
    assertThat(ram(planner(40, Set.of(OLD_RAM.digest()), OLD).contribution(List.of())))
        .containsExactly(OLD_RAM.digest());
    assertThat(ram(planner(40, Set.of(OLD_RAM.digest()), OLD, NEW).contribution(List.of())))
        .containsExactly(NEW_RAM.digest());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void givenATargetBeyondTheBudgetOfRam_whenNobodyHoldsAnything_thenTheLastGoodStaysInRam(
      boolean settled) {
    var large = release(3, inRam("r", "large", 80));
    var budget = new Budget(Optional.empty(), Optional.of(70L));
    var channel =
        Channel.create(World.CHANNEL, ChannelSettings.builder().budget(budget).build())
            .append(OLDEST, Optional.empty())
            .append(OLD, Optional.empty())
            .append(large, Optional.empty());
    var planner = planner(channel, settled, 40, Set.of(OLD_RAM.digest()), OLD, large);
    var idle = new Tenant(InstanceId.of("i"), Optional.of(starting()), Optional.of(large.ref()));

    assertThat(ram(planner.contribution(List.of()))).containsExactly(OLD_RAM.digest());
    assertThat(ram(planner.contribution(List.of(idle)))).containsExactly(OLD_RAM.digest());
    assertThat(planner.preparation(large, List.of()))
        .asInstanceOf(InstanceOfAssertFactories.type(Preparation.Impossible.class))
        .extracting(Preparation.Impossible::reason)
        .asString()
        .contains("budget of 70");
  }

  private static InstanceReport starting() {
    return new InstanceReport(
        1,
        InstanceState.WAITING,
        false,
        Optional.empty(),
        Optional.empty(),
        false,
        Map.of(),
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void noMoreThanTheChannelsNumberOfReleasesIsRetained() {
    var planner = planner(60, Set.of(), OLDEST, OLD, NEW);

    assertThat(planner.contribution(List.of(SERVING)).retain()).isEmpty();
  }

  @Test
  void loadedContentThatNoReleaseHasIsRetained() {
    var stranger = onDisk("x", "stranger");
    var report =
        new InstanceReport(
            1,
            InstanceState.SERVING,
            true,
            Optional.empty(),
            Optional.empty(),
            false,
            Map.of(stranger.name(), stranger.digest()),
            Optional.empty(),
            Optional.empty());
    var tenant = new Tenant(InstanceId.of("i"), Optional.of(report), Optional.empty());

    assertThat(planner(60, Set.of(), OLD, NEW).contribution(List.of(tenant)).retain())
        .containsExactly(stranger.digest());
  }
}
