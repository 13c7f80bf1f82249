package io.hydra.manager.channel;

import static io.hydra.manager.channel.Samples.NOW;
import static io.hydra.manager.channel.Samples.version;
import static io.hydra.manager.channel.Samples.withReleases;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.model.ChannelSettings;
import io.hydra.model.Promotion;
import io.hydra.model.Release;
import io.hydra.wire.Rejection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ChannelTest {

  @Test
  void givenReleasesWhenOneIsAppendedThenItIsTheHeadAndTheTarget() {
    var channel = withReleases(3);

    assertThat(channel.head()).contains(3L);
    assertThat(channel.target().map(Release::sequence)).contains(3L);
  }

  @Test
  void givenAPinWhenAReleaseIsAppendedThenTheTargetStays() {
    var channel = withReleases(2).pinTo(version(1), Optional.empty());

    var appended = Samples.append(channel, version(3), Samples.manifest("3"));

    assertThat(appended.head()).contains(3L);
    assertThat(appended.target().map(Release::sequence)).contains(1L);
    assertThat(appended.unpin(Optional.empty()).target().map(Release::sequence)).contains(3L);
  }

  @Test
  void givenTheWrongSequenceWhenAppendedThenRefused() {
    var channel = withReleases(2);
    var third = Samples.append(channel, version(3), Samples.manifest("3")).newest().orElseThrow();

    assertThatThrownBy(() -> withReleases(1).append(third, Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void givenTheHeadIsRejectedThenTheNewestOlderGoodReleaseIsTheHead() {
    var channel = withReleases(4).reject(3, "bad", NOW).reject(4, "worse", NOW);

    assertThat(channel.head()).contains(2L);
    assertThat(channel.rejected()).containsOnlyKeys(3L, 4L);
  }

  @Test
  void givenARejectedReleaseThenItsFirstReasonStays() {
    var channel = withReleases(2).reject(2, "first", NOW).reject(2, "second", NOW);

    assertThat(channel.rejected()).containsEntry(2L, new Rejection("first", NOW));
  }

  @Test
  void givenALongReasonThenItIsCut() {
    var channel = withReleases(1).reject(1, "x".repeat(10_000), NOW);

    assertThat(channel.rejected().values())
        .allSatisfy(rejection -> assertThat(rejection.reason()).hasSize(500));
  }

  @Test
  void givenTheOnlyReleaseIsRejectedThenThereIsNoHead() {
    assertThat(withReleases(1).reject(1, "bad", NOW).head()).isEmpty();
  }

  @Test
  void givenARollbackThenTheNewerOnesAreRejected() {
    var channel = withReleases(4).rollback(Optional.of(version(2)), NOW);

    assertThat(channel.head()).contains(2L);
    assertThat(channel.rejected()).containsOnlyKeys(3L, 4L);
  }

  @Test
  void givenARollbackToARejectedReleaseThenItIsGoodAgain() {
    var channel = withReleases(3).reject(2, "bad", NOW).rollback(Optional.of(version(2)), NOW);

    assertThat(channel.head()).contains(2L);
    assertThat(channel.rejected()).containsOnlyKeys(3L);
  }

  @Test
  void givenARollbackThenANewerRejectedReleaseCanBeTheHeadAgain() {
    var channel =
        withReleases(4)
            .rollback(Optional.of(version(1)), NOW)
            .rollback(Optional.of(version(3)), NOW);

    assertThat(channel.head()).contains(3L);
    assertThat(channel.rejected()).containsOnlyKeys(2L, 4L);
  }

  @Test
  void givenTheNewestIsRejectedThenItCanBeTheHeadAgain() {
    var channel = withReleases(2).reject(2, "bad", NOW).rollback(Optional.of(version(2)), NOW);

    assertThat(channel.head()).contains(2L);
    assertThat(channel.rejected()).isEmpty();
  }

  @Test
  void givenEveryReleaseIsRejectedThenOneOfThemCanBeTheHeadAgain() {
    var channel = withReleases(1).reject(1, "bad", NOW).rollback(Optional.of(version(1)), NOW);

    assertThat(channel.head()).contains(1L);
    assertThat(channel.rejected()).isEmpty();
  }

  @Test
  void givenARollbackWithoutAVersionThenRejectedReleasesAreSkipped() {
    var channel = withReleases(3).reject(2, "bad", NOW).rollback(Optional.empty(), NOW);

    assertThat(channel.head()).contains(1L);
  }

  @Test
  void givenTheOldestReleaseWhenRolledBackThenRefused() {
    assertRefused(ErrorCode.UNKNOWN_RELEASE, () -> withReleases(1).rollback(Optional.empty(), NOW));
  }

  @Test
  void givenNoReleaseWhenRolledBackThenRefused() {
    assertRefused(ErrorCode.UNKNOWN_RELEASE, () -> withReleases(0).rollback(Optional.empty(), NOW));
  }

  @Test
  void givenTheHeadItselfWhenRolledBackToThenRefused() {
    assertRefused(
        ErrorCode.INVALID_REQUEST, () -> withReleases(2).rollback(Optional.of(version(2)), NOW));
  }

  @Test
  void givenAnUnknownVersionWhenPinnedThenRefused() {
    assertRefused(
        ErrorCode.UNKNOWN_RELEASE, () -> withReleases(2).pinTo(version(9), Optional.empty()));
  }

  @Test
  void givenHeadAndPinWhenAllIsForgottenThenTheyStay() {
    var channel =
        withReleases(4).pinTo(version(2), Optional.empty()).forget(Set.of(1L, 2L, 3L, 4L));

    assertThat(channel.releases()).extracting(Release::sequence).containsExactly(2L, 4L);
    assertThat(channel.lastSequence()).isEqualTo(4);
  }

  @Test
  void givenManyKeysThenOnlyTheNewestAreRemembered() {
    var channel = Samples.empty(Samples.SEARCHER);
    for (int i = 1; i <= 70; i++) {
      channel = channel.remembering(new PublishKey("key " + i, "hash", i));
    }

    assertThat(channel.idempotency().keys()).hasSize(64);
    assertThat(channel.idempotency().keys().getFirst().key()).isEqualTo("key 7");
  }

  /** Whatever is done, the head is a release that is there and was not rejected. */
  @Property
  void theHeadIsNeverRejectedAndAlwaysThere(
      @ForAll @Size(max = 30) List<@IntRange(min = 0, max = 99) Integer> steps) {
    var channel = withReleases(0);
    var sequences = new TreeSet<Long>();
    for (int step : steps) {
      channel = after(channel, step);
      channel.newest().ifPresent(newest -> sequences.add(newest.sequence()));

      var now = channel;
      assertThat(now.head().filter(now.rejected()::containsKey)).isEmpty();
      assertThat(now.headRelease().isPresent()).isEqualTo(now.head().isPresent());
      assertThat(now.lastSequence()).isEqualTo(sequences.isEmpty() ? 0 : sequences.last());
    }
  }

  private static Channel after(Channel channel, int step) {
    long some = 1L + step / 5;
    try {
      return switch (step % 5) {
        case 0 ->
            Samples.append(
                channel,
                version((int) channel.lastSequence() + 1),
                Samples.manifest("of step " + step));
        case 1 -> channel.reject(Math.min(some, channel.lastSequence()), "bad", NOW);
        case 2 -> channel.rollback(Optional.empty(), NOW);
        case 3 -> channel.rollback(Optional.of(version((int) some)), NOW);
        default -> channel.forget(Set.of(some));
      };
    } catch (HydraException nothingToGoBackTo) {
      return channel;
    }
  }

  private static Channel staging(Channel channel) {
    return channel.withSettings(ChannelSettings.builder().promotion(Promotion.MANUAL).build());
  }

  private static Channel more(Channel channel, int count) {
    for (int i = 0; i < count; i++) {
      int day = (int) channel.lastSequence() + 1;
      channel = Samples.append(channel, version(day), Samples.manifest("more " + day));
    }
    return channel;
  }

  private static Optional<Long> candidate(Channel channel) {
    return channel.candidate().map(Release::sequence);
  }

  @Test
  void givenManualPromotionThenWhatIsAppendedIsStagedAndTheHeadStays() {
    var channel = more(staging(withReleases(1)), 2);

    assertThat(channel.head()).contains(1L);
    assertThat(channel.target().map(Release::sequence)).contains(1L);
    assertThat(candidate(channel)).contains(3L);
    assertThat(channel.isStaged(2)).isTrue();
  }

  @Test
  void givenNoHeadYetThenTheFirstReleaseIsStagedToo() {
    var channel = more(staging(withReleases(0)), 1);

    assertThat(channel.target()).isEmpty();
    assertThat(channel.promote(Optional.empty()).head()).contains(1L);
  }

  @Test
  void givenTheNewestIsPromotedThenOlderOnesArePassedOver() {
    var channel = more(staging(withReleases(1)), 2).promote(Optional.empty());

    assertThat(channel.head()).contains(3L);
    assertThat(candidate(channel)).isEmpty();
  }

  @Test
  void givenAnOlderOneIsPromotedThenNewerOnesStayStaged() {
    var channel = more(staging(withReleases(1)), 2).promote(Optional.of(version(2)));

    assertThat(channel.head()).contains(2L);
    assertThat(candidate(channel)).contains(3L);
  }

  @Test
  void givenTheHeadThenItIsPromotedAlready() {
    var channel = more(staging(withReleases(1)), 1);

    assertThat(channel.promote(Optional.of(version(1)))).isEqualTo(channel);
  }

  @Test
  void givenAReleaseThatWasPassedOverWhenTheHeadIsRejectedThenItIsStagedAgainAndNotTheHead() {
    var channel = more(staging(withReleases(1)), 2).promote(Optional.empty()).reject(3, "bad", NOW);

    assertThat(channel.head()).contains(1L);
    assertThat(candidate(channel)).contains(2L);
  }

  @Test
  void givenAStagedReleaseIsRejectedThenTheOneBeforeIsTheCandidate() {
    var channel = more(staging(withReleases(1)), 2).reject(3, "bad", NOW);

    assertThat(channel.head()).contains(1L);
    assertThat(candidate(channel)).contains(2L);
  }

  @Test
  void givenARollbackThenWhatIsStagedIsRejectedToo() {
    var channel = more(staging(withReleases(2)), 1).rollback(Optional.empty(), NOW);

    assertThat(channel.head()).contains(1L);
    assertThat(channel.rejected()).containsOnlyKeys(2L, 3L);
    assertThat(candidate(channel)).isEmpty();
  }

  @Test
  void givenAPinThenStagingAndPromotionGoOnBesideIt() {
    var channel =
        more(staging(withReleases(2)).pinTo(version(1), Optional.empty()), 1)
            .promote(Optional.empty());

    assertThat(channel.head()).contains(3L);
    assertThat(channel.target().map(Release::sequence)).contains(1L);
  }

  @Test
  void givenWhatCannotBePromotedThenRefusedWithTheWayOut() {
    var channel = more(staging(withReleases(2)), 1);

    assertRefused(ErrorCode.INVALID_REQUEST, () -> channel.promote(Optional.of(version(1))));
    assertRefused(
        ErrorCode.RELEASE_REJECTED,
        () -> channel.reject(3, "bad", NOW).promote(Optional.of(version(3))));
    assertRefused(
        ErrorCode.UNKNOWN_RELEASE, () -> channel.reject(3, "bad", NOW).promote(Optional.empty()));
    assertRefused(ErrorCode.UNKNOWN_RELEASE, () -> channel.promote(Optional.of(version(9))));
  }

  @Test
  void givenAStagedReleaseThenRollbackToItNamesPromote() {
    var channel = more(staging(withReleases(1)), 1);

    assertThatThrownBy(() -> channel.rollback(Optional.of(version(2)), NOW))
        .hasMessageContaining("hydra promote");
  }

  @Test
  void givenTheCandidateThenItIsNotForgotten() {
    var channel = more(staging(withReleases(1)), 2);

    assertThat(channel.forget(Set.of(1L, 2L, 3L)).releases())
        .extracting(Release::sequence)
        .containsExactly(1L, 3L);
  }

  /** Nobody is ever brought to a release by itself that no promotion has chosen. */
  @Property
  void theHeadGoesBackOnlyToWhatWasTheHead(
      @ForAll @Size(max = 30) List<@IntRange(min = 0, max = 99) Integer> steps) {
    var channel = staging(withReleases(0));
    var heads = new TreeSet<Long>();
    for (int step : steps) {
      var before = channel;
      boolean chosen = step % 6 == 5 || step % 5 == 3;
      channel = step % 6 == 5 ? promoted(channel, step) : after(channel, step);
      if (!chosen && !channel.head().equals(before.head())) {
        assertThat(heads).containsAll(channel.head().stream().toList());
      }
      channel.head().ifPresent(heads::add);
      assertThat(candidate(channel).filter(channel.rejected()::containsKey)).isEmpty();
    }
  }

  private static Channel promoted(Channel channel, int step) {
    try {
      return channel.promote(step % 2 == 0 ? Optional.empty() : Optional.of(version(1 + step / 6)));
    } catch (HydraException nothingStaged) {
      return channel;
    }
  }

  private static void assertRefused(ErrorCode code, Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            HydraException.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
  }
}
