package io.hydra.docto.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.docto.actual.CommittedContent;
import io.hydra.docto.actual.Content;
import io.hydra.docto.actual.DiskCopy;
import io.hydra.docto.actual.RamCopy;
import io.hydra.docto.actual.Setback;
import io.hydra.docto.operate.Operation;
import io.hydra.error.ErrorCode;
import io.hydra.model.ChannelId;
import io.hydra.model.DatasetName;
import io.hydra.model.Digest;
import io.hydra.model.PlacedDataset;
import io.hydra.model.Placement;
import io.hydra.model.ReleaseRef;
import io.hydra.model.ReleaseVersion;
import io.hydra.wire.DesiredDataset;
import io.hydra.wire.Fault;
import io.hydra.wire.LiveRelease;
import io.hydra.wire.NodeDesired;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PlannerTest {
  private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");
  private static final Digest A = Digest.of("a".repeat(64));
  private static final Digest B = Digest.of("b".repeat(64));
  private static final Digest C = Digest.of("c".repeat(64));
  private static final Digest D = Digest.of("d".repeat(64));
  private static final Digest E = Digest.of("e".repeat(64));
  private static final long SIZE = 100;
  private static final Space ROOMY = space(10_000, 10_000);

  private final Planner planner = new Planner(new Limits(2, 1, 2));

  @Test
  void givenNothingThenWhatIsWantedIsFetchedByPriority() {
    var plan = plan(order(disk(A, 2), disk(B, 1)), ROOMY);

    assertThat(plan.operations())
        .containsExactly(new Operation.Fetch(disk(B, 1)), new Operation.Fetch(disk(A, 2)));
  }

  @Test
  void givenAllSlotsInUseThenNothingMoreIsFetched() {
    var plan =
        plan(
            order(disk(A), disk(B), disk(C)),
            ROOMY,
            with(A, new DiskCopy.Fetching(0, SIZE)),
            with(B, new DiskCopy.Verifying(SIZE)));

    assertThat(plan.operations()).isEmpty();
    assertThat(plan.shortages()).isEmpty();
  }

  @Test
  void givenAllSlotsInUseByLessUrgentOnes_whenAnUrgentOneComes_thenItIsFetchedBeyondTheLimit() {
    var plan =
        plan(
            order(disk(A, 10), disk(B, 20), disk(C, 20)),
            ROOMY,
            with(B, new DiskCopy.Fetching(0, SIZE)),
            with(C, new DiskCopy.Verifying(SIZE)));

    assertThat(plan.operations()).containsExactly(new Operation.Fetch(disk(A, 10)));
  }

  @Test
  void givenAsManyUrgentOnesAsThereAreSlots_whenOthersAreWanted_thenTheyWait() {
    var plan =
        plan(
            order(disk(A, 10), disk(B, 10), disk(C, 20), disk(D, 10), disk(E, 30)),
            ROOMY,
            with(A, new DiskCopy.Fetching(0, SIZE)),
            with(C, new DiskCopy.Fetching(0, SIZE)));

    assertThat(plan.operations()).containsExactly(new Operation.Fetch(disk(B, 10)));
  }

  @Test
  void givenAFetchThatNobodyWantsAnyMore_whenItStillRuns_thenItHoldsItsSlot() {
    var plan =
        plan(
            order(disk(A, 10), disk(B, 10)),
            ROOMY,
            with(C, new DiskCopy.Fetching(0, SIZE)),
            with(B, new DiskCopy.Fetching(0, SIZE)));

    assertThat(plan.operations()).containsExactly(new Operation.Cancel(C));
  }

  @Test
  void givenTooLittleSpaceThenItIsToldWithBothNumbers() {
    var plan = plan(order(disk(A)), space(SIZE - 1, 0));

    assertThat(plan.operations()).isEmpty();
    assertThat(plan.shortages())
        .containsExactly(
            Map.entry(
                A,
                new Fault(ErrorCode.INSUFFICIENT_SPACE, "needs 100 bytes on disk, 99 are free")));
  }

  @Test
  void givenSpaceForOneThenTheSecondDoesNotTakeItTwice() {
    var plan = plan(order(disk(A), disk(B)), space(SIZE + 50, 0));

    assertThat(plan.operations()).containsExactly(new Operation.Fetch(disk(A)));
    assertThat(plan.shortages()).containsOnlyKeys(B);
  }

  @Test
  void givenAFetchUnderWayThenItsUnwrittenBytesAreNotFree() {
    var plan =
        plan(
            order(disk(A), disk(B)), space(SIZE + 59, 0), with(A, new DiskCopy.Fetching(40, SIZE)));

    assertThat(plan.shortages()).containsOnlyKeys(B);
  }

  @Test
  void givenBytesInStagingThenOnlyTheRestNeedsSpace() {
    var plan = plan(order(disk(A)), space(40, 0), with(A, new DiskCopy.Staged(60, 60)));

    assertThat(plan.operations()).containsExactly(new Operation.Fetch(disk(A)));
  }

  @Test
  void givenPartsThatBrokeOffThenTheSpaceTheyTakeIsNotNeededASecondTime() {
    var plan = plan(order(disk(A)), space(40, 0), with(A, new DiskCopy.Staged(50, 60)));

    assertThat(plan.operations()).containsExactly(new Operation.Fetch(disk(A)));
  }

  @Test
  void givenAnEvictionThatMakesRoomThenTheFetchWaitsForItWithoutAFault() {
    var plan = plan(order(disk(B)), space(0, 0), with(A, ready(A)));

    assertThat(plan.operations()).containsExactly(new Operation.EvictDisk(A));
    assertThat(plan.shortages()).isEmpty();
  }

  @Test
  void givenIncompleteOrderThenNothingIsRemoved() {
    var plan =
        plan(
            new NodeDesired(1, false, List.of(disk(C)), List.of(), List.of()),
            space(0, 0),
            with(A, ready(A)).withRam(new RamCopy.Ready()),
            with(B, new DiskCopy.Staged(5, 5)));

    assertThat(plan.operations()).isEmpty();
  }

  @Test
  void givenRetainedOrLiveContentThenItStaysOnDiskButNotInRam() {
    var live =
        new LiveRelease(
            ChannelId.parse("prod/search/searcher"),
            new ReleaseRef(1, ReleaseVersion.of("v1")),
            1,
            List.of(new PlacedDataset(DatasetName.of("b"), B, Placement.RAM)));
    var plan =
        plan(
            new NodeDesired(1, true, List.of(), List.of(A), List.of(live)),
            ROOMY,
            with(A, ready(A)).withRam(new RamCopy.Ready()),
            with(B, ready(B)));

    assertThat(plan.operations()).containsExactly(new Operation.EvictRam(A));
  }

  @Test
  void givenContentOnDiskAndInRamThatNothingKeepsThenRamGoesFirst() {
    var plan = plan(order(), ROOMY, with(A, ready(A)).withRam(new RamCopy.Ready()));

    assertThat(plan.operations()).containsExactly(new Operation.EvictRam(A));
  }

  @Test
  void givenAFetchThatIsNotWantedThenItIsCancelledEvenIfTheOrderIsIncomplete() {
    var incomplete = new NodeDesired(1, false, List.of(), List.of(), List.of());

    var plan = plan(incomplete, ROOMY, with(A, new DiskCopy.Fetching(1, SIZE)));

    assertThat(plan.operations()).containsExactly(new Operation.Cancel(A));
  }

  @Test
  void givenStagingThatIsRetainedThenItStaysElseItGoes() {
    var retaining = new NodeDesired(1, true, List.of(), List.of(A), List.of());

    var plan =
        plan(
            retaining,
            ROOMY,
            with(A, new DiskCopy.Staged(5, 5)),
            with(B, new DiskCopy.Staged(5, 5)));

    assertThat(plan.operations()).containsExactly(new Operation.DropStaging(B));
  }

  @Test
  void givenFindsOfTheStartThenTheyAreCheckedAndNotFetched() {
    var plan = plan(order(disk(A)), ROOMY, with(A, new DiskCopy.Uncertain()));

    assertThat(plan.operations()).containsExactly(new Operation.CheckDisk(A));
  }

  @Test
  void givenNoOrderYetThenFindsAreChecked() {
    var actual = Map.of(A, with(A, new DiskCopy.Uncertain()));

    assertThat(planner.planWithoutOrder(actual, ROOMY, NOW).operations())
        .containsExactly(new Operation.CheckDisk(A));
  }

  @Test
  void givenAnUncertainRamCopyThenItIsCheckedOnceTheDiskCopyIsSure() {
    var uncertain = with(A, new DiskCopy.Uncertain()).withRam(new RamCopy.Uncertain());
    assertThat(plan(order(ram(A)), ROOMY, uncertain).operations())
        .containsExactly(new Operation.CheckDisk(A));

    var sure = uncertain.withDisk(ready(A));
    assertThat(plan(order(ram(A)), ROOMY, sure).operations())
        .containsExactly(new Operation.CheckRam(committed(A)));
  }

  @Test
  void givenDamagedContentThenWhatIsWantedIsWithdrawnAndTheRestWaitsForACompleteOrder() {
    var damaged = with(A, new DiskCopy.Damaged("x"));
    var incomplete = new NodeDesired(1, false, List.of(), List.of(), List.of());

    assertThat(plan(order(disk(A)), ROOMY, damaged).operations())
        .containsExactly(new Operation.Withdraw(A));
    assertThat(plan(order(), ROOMY, damaged).operations())
        .containsExactly(new Operation.EvictDisk(A));
    assertThat(plan(incomplete, ROOMY, damaged).operations()).isEmpty();
  }

  @Test
  void givenDamagedContentThatCouldNotBeRemovedThenThatIsTriedAgainInItsTime() {
    var fault = new Fault(ErrorCode.STORAGE_FAILED, "read-only");
    var damaged = with(A, new DiskCopy.Damaged("x"));
    var early = damaged.withSetback(new Setback(fault, 3, NOW.plusMillis(1)));
    var due = damaged.withSetback(new Setback(fault, 3, NOW));

    assertThat(plan(order(disk(A)), ROOMY, early).operations()).isEmpty();
    assertThat(plan(order(), ROOMY, early).operations()).isEmpty();
    assertThat(plan(order(disk(A)), ROOMY, due).operations())
        .containsExactly(new Operation.Withdraw(A));
  }

  @Test
  void givenADiskCopyThenItIsPlacedInRamOneAtATime() {
    var plan = plan(order(ram(A), ram(B)), ROOMY, with(A, ready(A)), with(B, ready(B)));

    assertThat(plan.operations()).containsExactly(new Operation.Place(committed(A)));
  }

  @Test
  void givenRamTooSmallForBothThenTheSecondWaits() {
    var plan =
        plan(
            order(ram(A), ram(B)),
            space(10_000, SIZE - 1),
            with(A, ready(A)).withRam(new RamCopy.Ready()),
            with(B, ready(B)));

    assertThat(plan.operations()).isEmpty();
    assertThat(plan.shortages()).containsOnlyKeys(B);
  }

  @Test
  void givenRamThatIsNoLongerWantedThenItIsEvictedBeforeTheNewCopyIsMade() {
    var plan =
        plan(
            order(disk(A), ram(B)),
            space(10_000, 0),
            with(A, ready(A)).withRam(new RamCopy.Ready()),
            with(B, ready(B)));

    assertThat(plan.operations()).containsExactly(new Operation.EvictRam(A));
    assertThat(plan.shortages()).isEmpty();
  }

  @Test
  void givenADamagedCopyInRamThenItIsMendedFromDiskWithoutAnySpace() {
    var plan = plan(order(ram(A)), space(0, 0), with(A, ready(A)).withRam(damagedInRam()));

    assertThat(plan.operations()).containsExactly(new Operation.MendRam(committed(A)));
    assertThat(plan.shortages()).isEmpty();
  }

  @Test
  void givenSeveralDamagedCopiesInRamThenOneIsMendedAtATime() {
    var first = with(A, ready(A)).withRam(damagedInRam());
    var second = with(B, ready(B)).withRam(damagedInRam());

    assertThat(plan(order(ram(A), ram(B)), ROOMY, first, second).operations())
        .containsExactly(new Operation.MendRam(committed(A)));
    assertThat(
            plan(order(ram(A), ram(B)), ROOMY, first.withRam(new RamCopy.Mending()), second)
                .operations())
        .isEmpty();
  }

  @Test
  void givenADamagedCopyInRamAndADamagedOneOnDiskThenItStaysAndTheOtherIsFetchedAgain() {
    var both = with(A, new DiskCopy.Damaged("x")).withRam(damagedInRam());

    assertThat(plan(order(ram(A)), ROOMY, both).operations())
        .containsExactly(new Operation.Withdraw(A));
    assertThat(plan(order(ram(A)), ROOMY, both.withDisk(new DiskCopy.Absent())).operations())
        .containsExactly(new Operation.Fetch(ram(A)));
    assertThat(plan(order(ram(A)), ROOMY, both.withDisk(ready(A))).operations())
        .containsExactly(new Operation.MendRam(committed(A)));
  }

  @Test
  void givenADamagedCopyInRamThatNothingIsFetchedForThenItIsTakenAway() {
    var incomplete = new NodeDesired(1, false, List.of(), List.of(), List.of());
    var both = with(A, new DiskCopy.Damaged("x")).withRam(damagedInRam());

    assertThat(plan(incomplete, ROOMY, both).operations())
        .containsExactly(new Operation.EvictRam(A));
  }

  @Test
  void givenADamagedCopyInRamThatIsNotWantedThenItIsTakenAway() {
    var plan = plan(order(disk(A)), ROOMY, with(A, ready(A)).withRam(damagedInRam()));

    assertThat(plan.operations()).containsExactly(new Operation.EvictRam(A));
  }

  @Test
  void givenMendingThatFailedThenItIsNotTriedBeforeItsTime() {
    var fault = new Fault(ErrorCode.STORAGE_FAILED, "x");
    var damaged =
        with(A, ready(A))
            .withRam(damagedInRam())
            .withSetback(new Setback(fault, 1, NOW.plusMillis(1)));

    assertThat(plan(order(ram(A)), ROOMY, damaged).operations()).isEmpty();
  }

  @Test
  void givenNoRamRootThenACopyInRamIsAShortage() {
    var plan = plan(order(ram(A)), new Space(10_000, OptionalLong.empty()), with(A, ready(A)));

    assertThat(plan.operations()).isEmpty();
    assertThat(plan.shortages().keySet()).containsExactly(A);
  }

  @Test
  void givenASetbackThenItIsNotTriedBeforeItsTime() {
    var fault = new Fault(ErrorCode.SOURCE_UNAVAILABLE, "x");
    var early = Content.absent(A).withSetback(new Setback(fault, 1, NOW.plusMillis(1)));
    var due = Content.absent(A).withSetback(new Setback(fault, 1, NOW));

    assertThat(plan(order(disk(A)), ROOMY, early).operations()).isEmpty();
    assertThat(plan(order(disk(A)), ROOMY, due).operations()).hasSize(1);
  }

  @Test
  void givenAllAsDesiredThenThereIsNothingToDo() {
    var plan =
        plan(
            order(disk(A), ram(B)),
            space(0, 0),
            with(A, ready(A)),
            with(B, ready(B)).withRam(new RamCopy.Ready()));

    assertThat(plan).isEqualTo(new Plan(List.of(), Map.of()));
  }

  private Plan plan(NodeDesired desired, Space space, Content... contents) {
    var actual =
        Arrays.stream(contents).collect(Collectors.toMap(Content::digest, Function.identity()));
    return planner.plan(desired, actual, space, NOW);
  }

  private static NodeDesired order(DesiredDataset... datasets) {
    return new NodeDesired(1, true, List.of(datasets), List.of(), List.of());
  }

  private static DesiredDataset disk(Digest digest) {
    return disk(digest, 0);
  }

  private static DesiredDataset disk(Digest digest, int priority) {
    return new DesiredDataset(digest, "s3://b/p/", SIZE, 1, false, priority);
  }

  private static DesiredDataset ram(Digest digest) {
    return new DesiredDataset(digest, "s3://b/p/", SIZE, 1, true, 0);
  }

  private static Content with(Digest digest, DiskCopy disk) {
    return Content.absent(digest).withDisk(disk);
  }

  private static RamCopy damagedInRam() {
    return new RamCopy.Damaged("file 'x' is not what was committed");
  }

  private static DiskCopy ready(Digest digest) {
    return new DiskCopy.Ready(committed(digest));
  }

  private static CommittedContent committed(Digest digest) {
    return new CommittedContent(digest, SIZE, List.of());
  }

  private static Space space(long disk, long ram) {
    return new Space(disk, OptionalLong.of(ram));
  }
}
