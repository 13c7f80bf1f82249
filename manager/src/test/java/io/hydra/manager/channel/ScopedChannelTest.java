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
import io.hydra.model.Scope;
import io.hydra.model.ScopeName;
import io.hydra.wire.HeadChange.Cause;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What becomes of heads and pins of a channel with scopes. */
class ScopedChannelTest {
  private static final Optional<ScopeName> ALL = Optional.empty();
  private static final Optional<ScopeName> EU = Optional.of(ScopeName.of("eu"));
  private static final Optional<ScopeName> US = Optional.of(ScopeName.of("us"));

  private static Channel scoped(Channel channel, Scope... scopes) {
    return channel.withSettings(ChannelSettings.builder().scopes(scopes).build());
  }

  private static Scope scope(String name, String... promotion) {
    return new Scope(
        ScopeName.of(name),
        Map.of("region", name),
        Arrays.stream(promotion).map(Promotion::parse).findFirst());
  }

  private static Channel more(Channel channel, int count) {
    var longer = channel;
    for (int i = 0; i < count; i++) {
      int day = (int) longer.lastSequence() + 1;
      longer = Samples.append(longer, version(day), Samples.manifest("content " + day));
    }
    return longer;
  }

  private static Optional<Long> target(Channel channel, Optional<ScopeName> scope) {
    return channel.seenFrom(scope).target().map(Release::sequence);
  }

  private static Optional<Long> head(Channel channel, Optional<ScopeName> scope) {
    return channel.seenFrom(scope).head();
  }

  private static void assertRefused(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(HydraException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  void aScopeBeginsWhereItsChannelIsAndFollowsIt() {
    var channel = scoped(withReleases(2), scope("eu"));
    assertThat(head(channel, EU)).contains(2L);

    assertThat(head(more(channel, 1), EU)).contains(3L);
  }

  @Test
  void eachPartHasItsOwnPromotion() {
    var channel = more(scoped(withReleases(1), scope("eu", "manual"), scope("us")), 1);

    assertThat(target(channel, ALL)).contains(2L);
    assertThat(target(channel, EU)).contains(1L);
    assertThat(target(channel, US)).contains(2L);
    assertThat(channel.seenFrom(EU).candidate().map(Release::sequence)).contains(2L);
    assertThat(channel.candidate()).isEmpty();
  }

  @Test
  void aPinOfAScopeOverridesThatOfTheChannelWhichOverridesTheScopesHead() {
    var channel = scoped(withReleases(3), scope("eu"), scope("us"));
    var pinned = channel.pinTo(version(2), ALL).pinTo(version(1), EU);

    assertThat(target(pinned, EU)).contains(1L);
    assertThat(target(pinned, US)).contains(2L);
    assertThat(target(pinned, ALL)).contains(2L);
    assertThat(target(pinned.unpin(ALL), EU)).contains(1L);
    assertThat(target(pinned.unpin(EU), EU)).contains(2L);
    assertThat(target(pinned.unpin(EU).unpin(ALL), EU)).contains(3L);
  }

  @Test
  void promotedWithoutAScopeItIsTheHeadWhereverItIsStaged() {
    var channel = more(scoped(withReleases(1), scope("eu", "manual"), scope("us", "manual")), 2);
    var promoted = channel.promoteIn(EU, Optional.of(version(2)));
    assertThat(head(promoted, EU)).contains(2L);
    assertThat(head(promoted, US)).contains(1L);
    assertThat(head(promoted, ALL)).contains(3L);

    var everywhere = promoted.promote(Optional.empty());
    assertThat(head(everywhere, EU)).contains(3L);
    assertThat(head(everywhere, US)).contains(3L);
  }

  @Test
  void whatIsStagedNowhereIsNotPromoted() {
    var channel = more(scoped(withReleases(2), scope("eu", "manual")), 1);

    assertRefused(ErrorCode.INVALID_REQUEST, () -> channel.promote(Optional.of(version(1))));
    assertRefused(ErrorCode.INVALID_REQUEST, () -> channel.promoteIn(EU, Optional.of(version(1))));
    assertRefused(ErrorCode.UNKNOWN_RELEASE, () -> channel.promoteIn(ALL, Optional.empty()));
    assertRefused(
        ErrorCode.RELEASE_REJECTED,
        () -> channel.reject(3, "bad", NOW).promoteIn(EU, Optional.of(version(3))));
  }

  @Test
  void aRejectionHoldsInAllScopes() {
    var channel = more(scoped(withReleases(2), scope("eu"), scope("us", "manual")), 1);
    var rejected = channel.reject(3, "bad", NOW);

    assertThat(head(rejected, EU)).contains(2L);
    assertThat(head(rejected, ALL)).contains(2L);
    assertThat(head(rejected, US)).contains(2L);
    assertThat(rejected.seenFrom(US).candidate()).isEmpty();
  }

  @Test
  void aRollbackInOneScopeLeavesTheOthersWhereTheyAre() {
    var channel = scoped(withReleases(3), scope("eu"), scope("us"));
    var back = channel.rollbackIn(ScopeName.of("eu"), Optional.empty(), NOW);

    assertThat(head(back, EU)).contains(2L);
    assertThat(head(back, US)).contains(3L);
    assertThat(head(back, ALL)).contains(3L);
    assertThat(back.seenFrom(EU).isStaged(3)).isFalse();
    assertThat(head(back.rollbackIn(ScopeName.of("eu"), Optional.of(version(3)), NOW), EU))
        .contains(3L);
  }

  @Test
  void aRollbackOfTheChannelTakesBackWhatIsNewerAndLeavesWhatIsOlder() {
    var channel =
        more(scoped(withReleases(2), scope("eu", "manual"), scope("us")), 2)
            .rollback(Optional.of(version(3)), NOW);

    assertThat(head(channel, ALL)).contains(3L);
    assertThat(head(channel, US)).contains(3L);
    assertThat(head(channel, EU)).contains(2L);
    assertThat(channel.seenFrom(EU).isRejected(4)).isTrue();
    assertThat(channel.seenFrom(EU).candidate().map(Release::sequence)).contains(3L);
  }

  @Test
  void whatIsRejectedInAScopeAloneStaysSoWhateverTheChannelDoes() {
    var back =
        scoped(withReleases(3), scope("eu")).rollbackIn(ScopeName.of("eu"), Optional.empty(), NOW);

    var undone =
        back.rollback(Optional.of(version(2)), NOW.plusSeconds(1))
            .rollback(Optional.of(version(3)), NOW.plusSeconds(2));
    assertThat(head(undone, ALL)).contains(3L);
    assertThat(head(undone, EU)).contains(2L);
    assertThat(undone.seenFrom(EU).isRejected(3)).isTrue();

    var fromNewer = more(back, 1).rollback(Optional.empty(), NOW.plusSeconds(1));
    assertThat(head(fromNewer, ALL)).contains(3L);
    assertThat(head(fromNewer, EU)).contains(2L);
  }

  @Test
  void anUndoneRollbackTakesTheScopesAlongThatWentBack() {
    var back =
        scoped(withReleases(3), scope("eu"), scope("us", "manual"))
            .rollback(Optional.of(version(2)), NOW);
    assertThat(head(back, EU)).contains(2L);

    var undone = back.rollback(Optional.of(version(3)), NOW.plusSeconds(1));
    assertThat(head(undone, EU)).contains(3L);
    assertThat(head(undone, US)).contains(3L);
    assertThat(undone.seenFrom(EU).isRejected(3)).isFalse();
  }

  @Test
  void whatAnyScopeNeedsIsKept() {
    var channel = more(scoped(withReleases(1), scope("eu", "manual"), scope("us")), 3);
    var pinned = channel.pinTo(version(2), US).forget(Set.of(1L, 2L, 3L, 4L));

    assertThat(pinned.releases()).extracting(Release::sequence).containsExactly(1L, 2L, 4L);
  }

  @Test
  void aScopeThatIsTakenAwayIsUnknownAndBeginsAnewWhenItReturns() {
    var channel = more(scoped(withReleases(1), scope("eu", "manual")), 1);
    var without = scoped(channel);

    assertRefused(ErrorCode.UNKNOWN_SCOPE, () -> without.pinTo(version(1), EU));
    assertThat(head(scoped(without, scope("eu")), EU)).contains(2L);
  }

  @Test
  void otherSettingsAndTheOrderOfScopesChangeNoHead() {
    var channel = more(scoped(withReleases(1), scope("eu", "manual"), scope("us")), 1);
    var changed =
        scoped(channel, scope("us"), scope("eu", "verified"))
            .withSettings(ChannelSettings.builder().retainFor(Duration.ofDays(1)).build());

    assertThat(head(changed, EU)).contains(1L);
    assertThat(changed.parts()).containsExactly(US, EU, ALL);
  }

  /** A plan sees it from each of its scopes. */
  @Test
  void seenFromAScopeItsReleasesAreNotCopied() {
    var channel = scoped(withReleases(3), scope("eu"));

    assertThat(channel.seenFrom(EU).releases()).isSameAs(channel.releases());
  }

  @Test
  void theHistoryTellsWhatHeldInAScope() {
    var made = scoped(Samples.empty(Samples.SEARCHER), scope("eu", "manual")).created(NOW, "ann");
    var published = more(made, 1).changedFrom(made, NOW.plusSeconds(10), "ann", Cause.PUBLISHED);
    var promoted =
        published
            .promote(Optional.empty())
            .changedFrom(published, NOW.plusSeconds(20), "bob", Cause.PROMOTED);
    var pinned =
        more(promoted, 1)
            .pinTo(version(1), ALL)
            .changedFrom(promoted, NOW.plusSeconds(30), "cid", Cause.PINNED);

    assertThat(pinned.headAt(NOW.plusSeconds(15), EU).target()).isEmpty();
    assertThat(pinned.headAt(NOW.plusSeconds(15), ALL).target().map(r -> r.sequence()))
        .contains(1L);
    assertThat(pinned.headAt(NOW.plusSeconds(25), EU).since().by()).isEqualTo("bob");
    // The channel's pin holds in the scope, too.
    assertThat(pinned.headAt(NOW.plusSeconds(35), EU).since().by()).isEqualTo("cid");
    assertRefused(ErrorCode.UNKNOWN_SCOPE, () -> pinned.headAt(NOW, US));
    assertRefused(ErrorCode.HISTORY_UNKNOWN, () -> pinned.headAt(NOW.minusSeconds(1), EU));
  }

  /** However often one scope changes, it is known what holds in the others. */
  @Test
  void theNewestChangeOfEachScopeIsKept() {
    var channel = scoped(withReleases(2), scope("eu"), scope("us")).created(NOW, "ann");
    for (int i = 1; i <= 100; i++) {
      var before = channel;
      channel = i % 2 == 0 ? before.unpin(EU) : before.pinTo(version(1), EU);
      channel = channel.changedFrom(before, NOW.plusSeconds(i), "ann", Cause.PINNED);
    }

    assertThat(channel.history().changes()).hasSize(64);
    assertThat(channel.headAt(NOW.plusSeconds(99), US).target().map(r -> r.sequence()))
        .contains(2L);
    assertThat(channel.headAt(NOW.plusSeconds(99), EU).target().map(r -> r.sequence()))
        .contains(1L);
  }

  /** A pin of the channel, which would have held in the scope, too, may be forgotten. */
  @Test
  void whatHeldInAScopeIsUnknownWhereTheChannelsChangesAreForgotten() {
    var channel = scoped(withReleases(2), scope("eu")).created(NOW, "ann").pinTo(version(1), ALL);
    channel = channel.changedFrom(channel.unpin(ALL), NOW.plusSeconds(1), "ann", Cause.PINNED);
    assertThat(channel.headAt(NOW.plusSeconds(2), EU).target().map(r -> r.sequence())).contains(1L);
    for (int i = 0; i < 70; i++) {
      var before = channel;
      channel = i % 2 == 0 ? before.unpin(ALL) : before.pinTo(version(1), ALL);
      channel = channel.changedFrom(before, NOW.plusSeconds(10 + i), "ann", Cause.PINNED);
    }
    var later = channel;

    assertRefused(ErrorCode.HISTORY_UNKNOWN, () -> later.headAt(NOW.plusSeconds(2), EU));
  }

  @Test
  void scopesSurviveTheStore() {
    var channel =
        more(scoped(withReleases(1), scope("eu", "manual"), scope("us")), 1).pinTo(version(1), US);

    assertThat(ChannelDocument.of(channel).with(channel.releases())).isEqualTo(channel);
  }

  @Test
  void twoScopesOfOneNameAreRefused() {
    assertRefused(
        ErrorCode.INVALID_REQUEST, () -> scoped(withReleases(1), scope("eu"), scope("eu")));
  }
}
