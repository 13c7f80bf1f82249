package io.hydra.docto.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.docto.actual.CommittedContent;
import io.hydra.docto.actual.Content;
import io.hydra.docto.actual.DiskCopy;
import io.hydra.docto.actual.RamCopy;
import io.hydra.docto.actual.Setback;
import io.hydra.docto.operate.Operation;
import io.hydra.error.ErrorCode;
import io.hydra.model.Budget;
import io.hydra.model.ChannelId;
import io.hydra.model.Digest;
import io.hydra.wire.ChannelClaim;
import io.hydra.wire.ClaimedContent;
import io.hydra.wire.DesiredDataset;
import io.hydra.wire.Fault;
import io.hydra.wire.NodeDesired;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What budgets of channels have a plan leave undone, on a node with plenty of space. */
class BudgetsTest {
  private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");
  private static final ChannelId CHANNEL = ChannelId.parse("prod/search/searcher");
  private static final ChannelId OTHER = ChannelId.parse("prod/search/other");
  private static final Digest OLD = Digest.of("a".repeat(64));
  private static final Digest LIVE = Digest.of("b".repeat(64));
  private static final Digest NEW = Digest.of("c".repeat(64));
  private static final Digest MORE = Digest.of("d".repeat(64));
  private static final long SIZE = 100;
  private static final Space ROOMY = new Space(10_000, OptionalLong.of(10_000));

  private final Planner planner = new Planner(new Limits(4, 4, 2));

  @Test
  void givenRoomInTheBudgetThenAFetchIsBegun() {
    var order = order(List.of(wanted(LIVE), wanted(NEW)), claim(onDisk(200), LIVE, NEW));

    var plan = plan(order, ready(LIVE));

    assertThat(plan.operations()).containsExactly(new Operation.Fetch(wanted(NEW)));
  }

  @Test
  void givenABudgetThatWouldBeExceededThenNothingIsBegunAndItIsToldWithEveryNumber() {
    var order = order(List.of(wanted(LIVE), wanted(NEW)), claim(onDisk(199), LIVE, NEW));

    var plan = plan(order, ready(LIVE));

    assertThat(plan.operations()).isEmpty();
    assertThat(plan.shortages())
        .containsExactly(
            Map.entry(
                NEW,
                new Fault(
                    ErrorCode.INSUFFICIENT_SPACE,
                    "channel prod/search/searcher has a budget of 199 bytes on disk of each node;"
                        + " it takes 100 of them and needs 100 more")));
  }

  @Test
  void givenAReleaseThatAloneIsTooLargeThenThatIsTold() {
    var order = order(List.of(wanted(NEW)), claim(onDisk(99), NEW));

    var plan = plan(order);

    assertThat(plan.operations()).isEmpty();
    assertThat(told(plan, NEW)).contains("budget of 99 bytes", "takes 0 of them", "needs 100 more");
  }

  static Stream<DiskCopy> copiesThatTakeAll() {
    return Stream.of(
        new DiskCopy.Fetching(1, SIZE),
        new DiskCopy.Verifying(SIZE),
        committed(LIVE),
        new DiskCopy.Uncertain(),
        new DiskCopy.Checking(),
        new DiskCopy.Evicting());
  }

  @ParameterizedTest
  @MethodSource("copiesThatTakeAll")
  void givenAnyCopyOnDiskThenItTakesItsWholeSizeOfTheBudget(DiskCopy copy) {
    var order =
        new NodeDesired(
            1,
            true,
            List.of(wanted(NEW), wanted(LIVE)),
            List.of(),
            List.of(),
            List.of(claim(onDisk(199), LIVE, NEW)));

    var plan = plan(order, Content.absent(LIVE).withDisk(copy));

    assertThat(plan.operations()).doesNotContain(new Operation.Fetch(wanted(NEW)));
  }

  @Test
  void givenAFetchThatBrokeOffThenOnlyItsRestIsNeeded() {
    var order = order(List.of(wanted(LIVE), wanted(NEW)), claim(onDisk(200), LIVE, NEW));

    var plan = plan(order, ready(LIVE), Content.absent(NEW).withDisk(new DiskCopy.Staged(50, 60)));

    assertThat(plan.operations()).containsExactly(new Operation.Fetch(wanted(NEW)));
  }

  @Test
  void givenAFetchThatBrokeOffThenWhatItHasLeftBehindIsTaken() {
    var order = order(List.of(wanted(LIVE), wanted(NEW)), claim(onDisk(199), LIVE, NEW));

    var plan = plan(order, ready(LIVE), Content.absent(NEW).withDisk(new DiskCopy.Staged(50, 60)));

    assertThat(plan.operations()).isEmpty();
    assertThat(told(plan, NEW)).contains("takes 160 of them and needs 40 more");
  }

  @Test
  void givenRoomForOneThenTheSecondDoesNotTakeItTwice() {
    var order = order(List.of(wanted(LIVE), wanted(NEW)), claim(onDisk(150), LIVE, NEW));

    var plan = plan(order);

    assertThat(plan.operations()).containsExactly(new Operation.Fetch(wanted(LIVE)));
    assertThat(plan.shortages()).containsOnlyKeys(NEW);
  }

  @Test
  void givenContentThatMayGoThenItGoesFirstAndTheFetchWaitsWithoutAFault() {
    var claim = new ChannelClaim(CHANNEL, onDisk(200), List.of(former(OLD), want(LIVE), want(NEW)));
    var order = order(List.of(wanted(LIVE), wanted(NEW)), claim);

    var first = plan(order, ready(OLD), ready(LIVE));
    var second = plan(order, Content.absent(OLD).withDisk(new DiskCopy.Evicting()), ready(LIVE));
    var third = plan(order, ready(LIVE));

    assertThat(first).isEqualTo(new Plan(List.of(new Operation.EvictDisk(OLD)), Map.of()));
    assertThat(second).isEqualTo(new Plan(List.of(), Map.of()));
    assertThat(third.operations()).containsExactly(new Operation.Fetch(wanted(NEW)));
  }

  @Test
  void givenContentThatMayGoAndMakesTooLittleRoomThenTheShortageIsToldAtOnce() {
    var claim = new ChannelClaim(CHANNEL, onDisk(199), List.of(former(OLD), want(LIVE), want(NEW)));

    var plan = plan(order(List.of(wanted(LIVE), wanted(NEW)), claim), ready(OLD), ready(LIVE));

    assertThat(plan.operations()).containsExactly(new Operation.EvictDisk(OLD));
    assertThat(plan.shortages()).containsOnlyKeys(NEW);
  }

  @Test
  void givenAnIncompleteOrder_whenWhatItNoLongerKeepsCannotGo_thenThatDoesNotCount() {
    var claim = new ChannelClaim(CHANNEL, onDisk(200), List.of(former(OLD), want(LIVE), want(NEW)));

    var plan =
        plan(
            incomplete(List.of(wanted(LIVE), wanted(NEW)), List.of(), claim),
            ready(OLD),
            ready(LIVE));

    assertThat(plan).isEqualTo(new Plan(List.of(new Operation.Fetch(wanted(NEW))), Map.of()));
  }

  @Test
  void givenAnIncompleteOrder_whenItRetainsContent_thenThatCounts() {
    var claim = new ChannelClaim(CHANNEL, onDisk(200), List.of(former(OLD), want(LIVE), want(NEW)));

    var plan =
        plan(
            incomplete(List.of(wanted(LIVE), wanted(NEW)), List.of(OLD), claim),
            ready(OLD),
            ready(LIVE));

    assertThat(plan.operations()).isEmpty();
    assertThat(told(plan, NEW)).contains("takes 200 of them and needs 100 more");
  }

  @Test
  void givenAnIncompleteOrder_whenACopyInRamIsNoLongerWanted_thenThatDoesNotCount() {
    var claim = new ChannelClaim(CHANNEL, ofRam(100), List.of(wantInRam(LIVE), wantInRam(NEW)));
    var inRam = ready(LIVE).withRam(new RamCopy.Ready());

    var old =
        plan(incomplete(List.of(wanted(LIVE), inRam(NEW)), List.of(), claim), inRam, ready(NEW));
    var both =
        plan(incomplete(List.of(inRam(LIVE), inRam(NEW)), List.of(), claim), inRam, ready(NEW));

    assertThat(old.operations()).containsExactly(new Operation.Place(content(NEW)));
    assertThat(both.operations()).isEmpty();
  }

  @Test
  void givenAnUrgentFetchThatWaitsForItsNextAttempt_whenTheBudgetTakesOne_thenItIsKeptForIt() {
    var order = order(List.of(wanted(LIVE), later(NEW)), claim(onDisk(150), LIVE, NEW));

    var plan = plan(order, failed(Content.absent(LIVE)));

    assertThat(plan.operations()).isEmpty();
    assertThat(told(plan, NEW)).contains("takes 100 of them and needs 100 more");
  }

  @Test
  void givenAnUrgentFetchThatBrokeOffAndWaits_whenTheBudgetTakesBoth_thenTheOtherIsBegun() {
    var order = order(List.of(wanted(LIVE), later(NEW)), claim(onDisk(200), LIVE, NEW));
    var staged = Content.absent(LIVE).withDisk(new DiskCopy.Staged(50, 60));

    assertThat(plan(order, failed(staged)).operations())
        .containsExactly(new Operation.Fetch(later(NEW)));
  }

  @Test
  void givenAnUrgentFetchThatWaits_whenItIsBeyondTheBudget_thenNothingIsKeptForIt() {
    var claim =
        new ChannelClaim(
            CHANNEL, onDisk(150), List.of(new ClaimedContent(LIVE, 151, true, false), want(NEW)));
    var large = new DesiredDataset(LIVE, "s3://b/p/", 151, 1, false, 0);

    assertThat(
            plan(order(List.of(large, later(NEW)), claim), failed(Content.absent(LIVE)))
                .operations())
        .containsExactly(new Operation.Fetch(later(NEW)));
  }

  @Test
  void givenAnUrgentFetchThatWaits_whenTheDiskTakesOne_thenTheOtherIsBegun() {
    var order = order(List.of(wanted(LIVE), later(NEW)), claim(onDisk(200), LIVE, NEW));
    var waiting = failed(Content.absent(LIVE));

    var plan =
        planner.plan(order, Map.of(LIVE, waiting), new Space(SIZE, OptionalLong.empty()), NOW);

    assertThat(plan.operations()).containsExactly(new Operation.Fetch(later(NEW)));
  }

  @Test
  void givenABudgetThatBecameTooSmallThenWhatIsWantedAndRetainedStays() {
    var claim =
        new ChannelClaim(
            CHANNEL,
            new Budget(Optional.of(1L), Optional.of(1L)),
            List.of(former(OLD), wantInRam(LIVE)));
    var order =
        new NodeDesired(1, true, List.of(inRam(LIVE)), List.of(OLD), List.of(), List.of(claim));

    var plan = plan(order, ready(OLD), ready(LIVE).withRam(new RamCopy.Ready()));

    assertThat(plan).isEqualTo(new Plan(List.of(), Map.of()));
  }

  @Test
  void givenRetainedContentThenItCountsAndStays() {
    var claim = new ChannelClaim(CHANNEL, onDisk(150), List.of(former(OLD), want(NEW)));
    var order =
        new NodeDesired(1, true, List.of(wanted(NEW)), List.of(OLD), List.of(), List.of(claim));

    var plan = plan(order, ready(OLD));

    assertThat(plan.operations()).isEmpty();
    assertThat(told(plan, NEW)).contains("takes 100 of them");
  }

  @Test
  void givenAChannelWithoutRoomThenOthersAreNotHeldUp() {
    var order = order(List.of(wanted(NEW), wanted(MORE)), claim(onDisk(1), NEW));

    var plan = plan(order);

    assertThat(plan.operations()).containsExactly(new Operation.Fetch(wanted(MORE)));
  }

  @Test
  void givenSharedContentThenItIsFetchedWhereAnyThatWantsItHasRoomAndCountsForEach() {
    var order =
        order(
            List.of(wanted(NEW), wanted(MORE)),
            claim(onDisk(1), NEW),
            new ChannelClaim(OTHER, onDisk(199), List.of(want(NEW), want(MORE))));

    var plan = plan(order);

    assertThat(plan.operations()).containsExactly(new Operation.Fetch(wanted(NEW)));
    assertThat(told(plan, MORE)).contains("channel prod/search/other", "takes 100 of them");
  }

  @Test
  void givenSharedContentThatOneWithoutABudgetWantsThenItIsFetched() {
    var order =
        order(
            List.of(wanted(NEW)),
            claim(onDisk(1), NEW),
            new ChannelClaim(OTHER, Budget.NONE, List.of(want(NEW))));

    assertThat(plan(order).operations()).containsExactly(new Operation.Fetch(wanted(NEW)));
  }

  @Test
  void givenSharedContentAndNoRoomAnywhereThenEachBudgetIsNamed() {
    var order =
        order(
            List.of(wanted(NEW)),
            claim(onDisk(1), NEW),
            new ChannelClaim(OTHER, onDisk(2), List.of(want(NEW))));

    assertThat(told(plan(order), NEW))
        .contains("prod/search/searcher has a budget of 1 ", "; channel prod/search/other", " 2 ");
  }

  @Test
  void givenSharedContentThatTheOneWithRoomOnlyRetainsThenItIsNotFetchedForIt() {
    var order =
        order(
            List.of(wanted(NEW)),
            claim(onDisk(1), NEW),
            new ChannelClaim(OTHER, onDisk(1000), List.of(former(NEW))));

    assertThat(plan(order).operations()).isEmpty();
  }

  @Test
  void givenABudgetOfRamThenACopyBeyondItIsNotMadeThoughTheDiskTakesIt() {
    var claim = new ChannelClaim(CHANNEL, ofRam(199), List.of(wantInRam(LIVE), wantInRam(NEW)));
    var order = order(List.of(inRam(LIVE), inRam(NEW)), claim);

    var fetching = plan(order, ready(LIVE).withRam(new RamCopy.Ready()));
    var placing = plan(order, ready(LIVE).withRam(new RamCopy.Ready()), ready(NEW));

    assertThat(fetching.operations()).containsExactly(new Operation.Fetch(inRam(NEW)));
    assertThat(placing.operations()).isEmpty();
    assertThat(told(placing, NEW))
        .isEqualTo(
            "channel prod/search/searcher has a budget of 199 bytes in RAM of each node;"
                + " it takes 100 of them and needs 100 more");
  }

  static Stream<RamCopy> copiesThatTakeAllOfRam() {
    return Stream.of(
        new RamCopy.Copying(1, SIZE),
        new RamCopy.Ready(),
        new RamCopy.Uncertain(),
        new RamCopy.Checking(),
        new RamCopy.Damaged("x"),
        new RamCopy.Mending());
  }

  @ParameterizedTest
  @MethodSource("copiesThatTakeAllOfRam")
  void givenAnyCopyInRamThenItTakesItsWholeSizeOfTheBudget(RamCopy copy) {
    var claim = new ChannelClaim(CHANNEL, ofRam(199), List.of(wantInRam(LIVE), wantInRam(NEW)));
    var order = order(List.of(inRam(LIVE), inRam(NEW)), claim);

    var plan = plan(order, ready(LIVE).withRam(copy), ready(NEW));

    assertThat(told(plan, NEW)).contains("takes 100 of them and needs 100 more");
  }

  @Test
  void givenACopyInRamThatMayGoThenItGoesFirstAndTheNewOneWaitsWithoutAFault() {
    var claim = new ChannelClaim(CHANNEL, ofRam(150), List.of(wantInRam(LIVE), wantInRam(NEW)));
    var order = order(List.of(wanted(LIVE), inRam(NEW)), claim);

    var first = plan(order, ready(LIVE).withRam(new RamCopy.Ready()), ready(NEW));
    var second = plan(order, ready(LIVE).withRam(new RamCopy.Evicting()), ready(NEW));
    var third = plan(order, ready(LIVE), ready(NEW));

    assertThat(first).isEqualTo(new Plan(List.of(new Operation.EvictRam(LIVE)), Map.of()));
    assertThat(second).isEqualTo(new Plan(List.of(), Map.of()));
    assertThat(third.operations()).containsExactly(new Operation.Place(content(NEW)));
  }

  @Test
  void givenACopyInRamThatOnlyAnotherChannelHasThereThenItDoesNotCount() {
    var claim = new ChannelClaim(CHANNEL, ofRam(100), List.of(want(LIVE), wantInRam(NEW)));
    var order = order(List.of(inRam(LIVE), inRam(NEW)), claim);

    var plan = plan(order, ready(LIVE).withRam(new RamCopy.Ready()), ready(NEW));

    assertThat(plan.operations()).containsExactly(new Operation.Place(content(NEW)));
  }

  @Test
  void givenRoomInTheBudgetAndNoneOnTheDiskThenTheDiskIsTold() {
    var order = order(List.of(wanted(NEW)), claim(onDisk(200), NEW));

    var plan = planner.plan(order, Map.of(), new Space(SIZE - 1, OptionalLong.empty()), NOW);

    assertThat(told(plan, NEW)).isEqualTo("needs 100 bytes on disk, 99 are free");
  }

  private static String told(Plan plan, Digest digest) {
    return Optional.ofNullable(plan.shortages().get(digest)).orElseThrow().detail();
  }

  private Plan plan(NodeDesired order, Content... contents) {
    var actual =
        Arrays.stream(contents).collect(Collectors.toMap(Content::digest, Function.identity()));
    return planner.plan(order, actual, ROOMY, NOW);
  }

  private static Content failed(Content content) {
    var fault = new Fault(ErrorCode.SOURCE_MISSING, "x");
    return content.withSetback(new Setback(fault, 1, NOW.plusMillis(1)));
  }

  private static DesiredDataset later(Digest digest) {
    return new DesiredDataset(digest, "s3://b/p/", SIZE, 1, false, 10);
  }

  private static NodeDesired incomplete(
      List<DesiredDataset> datasets, List<Digest> retain, ChannelClaim claim) {
    return new NodeDesired(1, false, datasets, retain, List.of(), List.of(claim));
  }

  private static NodeDesired order(List<DesiredDataset> datasets, ChannelClaim... claims) {
    return new NodeDesired(1, true, datasets, List.of(), List.of(), List.of(claims));
  }

  private static ChannelClaim claim(Budget budget, Digest... wanted) {
    return new ChannelClaim(CHANNEL, budget, Stream.of(wanted).map(BudgetsTest::want).toList());
  }

  private static Budget onDisk(long bytes) {
    return new Budget(Optional.of(bytes), Optional.empty());
  }

  private static Budget ofRam(long bytes) {
    return new Budget(Optional.empty(), Optional.of(bytes));
  }

  private static ClaimedContent want(Digest digest) {
    return new ClaimedContent(digest, SIZE, true, false);
  }

  private static ClaimedContent wantInRam(Digest digest) {
    return new ClaimedContent(digest, SIZE, true, true);
  }

  private static ClaimedContent former(Digest digest) {
    return new ClaimedContent(digest, SIZE, false, false);
  }

  private static DesiredDataset wanted(Digest digest) {
    return new DesiredDataset(digest, "s3://b/p/", SIZE, 1, false, 0);
  }

  private static DesiredDataset inRam(Digest digest) {
    return new DesiredDataset(digest, "s3://b/p/", SIZE, 1, true, 0);
  }

  private static Content ready(Digest digest) {
    return Content.absent(digest).withDisk(committed(digest));
  }

  private static DiskCopy committed(Digest digest) {
    return new DiskCopy.Ready(content(digest));
  }

  private static CommittedContent content(Digest digest) {
    return new CommittedContent(digest, SIZE, List.of());
  }
}
