package io.hydra.manager.assign;

import static io.hydra.manager.reconcile.World.inRam;
import static io.hydra.manager.reconcile.World.onDisk;
import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.manager.channel.Channel;
import io.hydra.manager.reconcile.World;
import io.hydra.model.Budget;
import io.hydra.model.ChannelSettings;
import io.hydra.model.DatasetName;
import io.hydra.model.Digest;
import io.hydra.model.InstanceId;
import io.hydra.model.NodeName;
import io.hydra.model.Release;
import io.hydra.model.ReleaseDataset;
import io.hydra.model.ReleaseVersion;
import io.hydra.wire.Capacity;
import io.hydra.wire.ClaimedContent;
import io.hydra.wire.Connection;
import io.hydra.wire.CopyState;
import io.hydra.wire.DatasetReport;
import io.hydra.wire.DesiredDataset;
import io.hydra.wire.InstanceReport;
import io.hydra.wire.InstanceState;
import io.hydra.wire.NodeReport;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Four releases of 100 bytes in RAM each, on a node of plenty of everything. */
class AllotmentTest {
  private static final ReleaseDataset A = inRam("r", "a", 100);
  private static final ReleaseDataset B = inRam("r", "b", 100);
  private static final ReleaseDataset C = inRam("r", "c", 100);
  private static final ReleaseDataset D = inRam("r", "d", 100);
  private static final List<Release> RELEASES =
      List.of(release(1, A), release(2, B), release(3, C), release(4, D));
  private static final Map<Digest, Long> HOLDS_C = Map.of(C.digest(), 100L);

  private static Release release(long sequence, ReleaseDataset... datasets) {
    return new Release(
        World.CHANNEL,
        sequence,
        ReleaseVersion.of("v" + sequence),
        Instant.EPOCH,
        List.of(datasets));
  }

  private static Budget disk(long bytes) {
    return new Budget(Optional.of(bytes), Optional.empty());
  }

  private static Budget ram(long bytes) {
    return new Budget(Optional.empty(), Optional.of(bytes));
  }

  private static Channel channel(Budget budget) {
    var settings =
        new ChannelSettings(
                Optional.empty(),
                Optional.empty(),
                Optional.of(4),
                Optional.empty(),
                Optional.empty(),
                Optional.empty())
            .over(ChannelSettings.builder().budget(budget).build());
    var channel = Channel.create(World.CHANNEL, settings);
    for (var release : RELEASES) {
      channel = channel.append(release, Optional.empty());
    }
    return channel;
  }

  /** Has these on disk and in RAM. */
  private static NodePicture node(ReleaseDataset... there) {
    var reports =
        Stream.of(there)
            .map(
                d ->
                    new DatasetReport(
                        d.digest(),
                        CopyState.READY,
                        CopyState.READY,
                        d.bytes(),
                        d.bytes(),
                        0,
                        Optional.empty()))
            .toList();
    var space = new Capacity(10_000, 10_000);
    return new NodePicture(
        NodeName.of("n"),
        Connection.CONNECTED,
        Optional.of(Inventory.of(new NodeReport(1, true, space, Optional.of(space), reports), 1)),
        Map.of());
  }

  private static NodeContribution contribution(Budget budget, ReleaseDataset... there) {
    return contribution(budget, List.of(), there);
  }

  private static NodeContribution contribution(
      Budget budget, List<Tenant> tenants, ReleaseDataset... there) {
    return new NodePlanner(channel(budget), node(there), Optional.of(RELEASES.get(2)), true)
        .contribution(tenants);
  }

  private static RamFit fit(Budget budget, Map<Digest, Long> held, ReleaseDataset... there) {
    return new Allotment(channel(budget), node(there)).ram(RELEASES.getLast(), held, true);
  }

  @Test
  void givenNoBudgetThenAsManyReleasesAreRetainedAsTheChannelSaysAndNothingIsClaimed() {
    var wish = contribution(Budget.NONE, A, B, C);

    assertThat(wish.retain()).containsExactlyInAnyOrder(A.digest(), B.digest());
    assertThat(wish.claim()).isEmpty();
  }

  @Test
  void givenABudgetThenTheNewestAreRetainedAsFarAsItGoesBesideWhatIsWanted() {
    assertThat(contribution(disk(400), A, B, C).retain())
        .containsExactlyInAnyOrder(A.digest(), B.digest());
    assertThat(contribution(disk(399), A, B, C).retain()).containsExactly(B.digest());
    assertThat(contribution(disk(299), A, B, C).retain()).isEmpty();
  }

  @Test
  void givenLoadedContentThatNoReleaseHas_whenTheBudgetIsSpent_thenThatIsCountedAsWell() {
    var stranger = inRam("r", "x", 100);
    var loading = tenant(Map.of(stranger.name(), stranger.digest()));

    assertThat(contribution(disk(399), List.of(loading), A, B, C, stranger).retain())
        .containsExactly(stranger.digest());
    assertThat(contribution(disk(400), List.of(loading), A, B, C, stranger).retain())
        .containsExactlyInAnyOrder(B.digest(), stranger.digest());
  }

  @Test
  void givenARetainedReleaseThatIsNotOnTheNode_whenTheBudgetIsSpent_thenItTakesNothing() {
    assertThat(contribution(disk(300), A, C).retain())
        .containsExactlyInAnyOrder(A.digest(), B.digest());
  }

  @Test
  void givenANodeThatWasNotHeard_whenTheBudgetIsSpent_thenItMayHaveEverything() {
    var unheard =
        new NodePicture(NodeName.of("n"), Connection.CONNECTED, Optional.empty(), Map.of());
    var planner = new NodePlanner(channel(disk(300)), unheard, Optional.of(RELEASES.get(2)), true);

    assertThat(planner.contribution(List.of()).retain()).containsExactly(B.digest());
  }

  private static Tenant tenant(Map<DatasetName, Digest> loaded) {
    var report =
        new InstanceReport(
            1,
            InstanceState.SERVING,
            true,
            Optional.empty(),
            Optional.empty(),
            false,
            loaded,
            Optional.empty(),
            Optional.empty());
    return new Tenant(InstanceId.of("i"), Optional.of(report), Optional.empty());
  }

  @Test
  void givenABudgetThatIsTooSmallThenTheTargetAndTheLastGoodAreWantedAllTheSame() {
    assertThat(contribution(disk(1), C).datasets())
        .extracting(DesiredDataset::digest)
        .containsExactlyInAnyOrder(C.digest(), D.digest());
  }

  @Test
  void givenABudgetThenItsClaimHasWhatIsWantedWhatIsRetainedAndWhatIsStillThere() {
    var claim = contribution(disk(399), A, B, C).claim().orElseThrow();

    assertThat(claim.channel()).isEqualTo(World.CHANNEL);
    assertThat(claim.budget()).isEqualTo(disk(399));
    assertThat(claim.contents())
        .containsExactlyInAnyOrder(
            new ClaimedContent(A.digest(), 100, false, true),
            new ClaimedContent(B.digest(), 100, false, true),
            new ClaimedContent(C.digest(), 100, true, true),
            new ClaimedContent(D.digest(), 100, true, true))
        .isSortedAccordingTo((one, other) -> one.digest().compareTo(other.digest()));
    assertThat(contribution(disk(199), C).claim().orElseThrow().contents())
        .extracting(ClaimedContent::digest)
        .containsExactlyInAnyOrder(C.digest(), D.digest());
  }

  @Test
  void givenRamForBothThenTheBudgetDecidesWhetherTheOldIsLetGo() {
    assertThat(fit(Budget.NONE, HOLDS_C, C)).isEqualTo(new RamFit.Beside());
    assertThat(fit(ram(200), HOLDS_C, C)).isEqualTo(new RamFit.Beside());
    assertThat(fit(ram(199), HOLDS_C, C))
        .isEqualTo(new RamFit.AfterRelease(100, 99, Optional.of(199L)));
    assertThat(fit(ram(100), HOLDS_C, C))
        .isEqualTo(new RamFit.AfterRelease(100, 0, Optional.of(100L)));
    assertThat(fit(ram(99), HOLDS_C, C)).isEqualTo(new RamFit.OverBudget(100, 99));
    assertThat(fit(ram(100), Map.of())).isEqualTo(new RamFit.Beside());
  }

  @Test
  void givenABudgetThatBecameTooSmallThenWhatIsInRamStaysThere() {
    assertThat(fit(ram(1), HOLDS_C, C, D)).isEqualTo(new RamFit.Beside());
  }

  @Test
  void givenMoreOnDiskThanTheBudgetThenItIsToldByHowMuch() {
    var allotment = new Allotment(channel(disk(150)), node());

    assertThat(allotment.excess(Map.of(A.digest(), 100L, B.digest(), 51L)))
        .contains(new Allotment.Excess(151, 150));
    assertThat(allotment.excess(Map.of(A.digest(), 150L))).isEmpty();
  }

  @Test
  void givenAReleaseInRamBeyondTheBudgetThenItIsRefusedByASentence() {
    var planner = new NodePlanner(channel(ram(99)), node(C), Optional.of(RELEASES.get(2)), true);

    assertThat(planner.preparation(RELEASES.getLast(), List.of()))
        .isEqualTo(
            new Preparation.Impossible(
                "release #4 v4 wants 100 bytes in RAM, and channel %s has a budget of 99 in RAM of each node"
                    .formatted(World.CHANNEL)));
  }

  @Test
  void givenDataOnDiskOnlyThenABudgetOfRamIsOfNoInterest() {
    var onDisk = release(5, onDisk("d", "x"));

    assertThat(new Allotment(channel(ram(1)), node(C)).ram(onDisk, HOLDS_C, true))
        .isEqualTo(new RamFit.Beside());
  }
}
