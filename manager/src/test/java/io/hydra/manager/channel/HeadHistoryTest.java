package io.hydra.manager.channel;

import static io.hydra.manager.channel.Samples.NOW;
import static io.hydra.manager.channel.Samples.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.model.ChannelSettings;
import io.hydra.model.ReleaseRef;
import io.hydra.model.Scope;
import io.hydra.model.ScopeName;
import io.hydra.wire.HeadChange;
import io.hydra.wire.HeadChange.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HeadHistoryTest {
  private Channel channel = Samples.empty(Samples.SEARCHER).created(minute(0), "ann");

  private static Instant minute(int minute) {
    return NOW.plus(Duration.ofMinutes(minute));
  }

  private void change(int minute, Cause cause, UnaryOperator<Channel> change) {
    channel = change.apply(channel).changedFrom(channel, minute(minute), "ann", cause);
  }

  private void publish(int minute) {
    int day = (int) channel.lastSequence() + 1;
    change(
        minute,
        Cause.PUBLISHED,
        c -> Samples.append(c, version(day), Samples.manifest("content " + day)));
  }

  private static ReleaseRef ref(int sequence) {
    return new ReleaseRef(sequence, version(sequence));
  }

  private Optional<Long> targetAt(Instant time) {
    return channel.headAt(time, Optional.empty()).target().map(ReleaseRef::sequence);
  }

  @Test
  void whatHeldIsToldForEachTime() {
    publish(10);
    publish(20);
    change(30, Cause.PINNED, c -> c.pinTo(version(1), Optional.empty()));
    change(40, Cause.UNPINNED, c -> c.unpin(Optional.empty()));
    change(50, Cause.REJECTED, c -> c.reject(2, "bad", minute(50)));

    assertThat(targetAt(minute(5))).isEmpty();
    assertThat(targetAt(minute(10))).contains(1L);
    assertThat(targetAt(minute(20).minusNanos(1))).contains(1L);
    assertThat(targetAt(minute(25))).contains(2L);
    assertThat(targetAt(minute(35))).contains(1L);
    assertThat(channel.headAt(minute(35), Optional.empty()).since())
        .isEqualTo(
            new HeadChange(
                minute(30),
                "ann",
                Cause.PINNED,
                Optional.of(ref(2)),
                Optional.of(ref(1)),
                Optional.empty()));
    assertThat(targetAt(minute(45))).contains(2L);
    assertThat(targetAt(minute(99))).contains(1L);
  }

  @Test
  void whatMovesNothingIsNoChange() {
    publish(10);
    change(20, Cause.UNPINNED, c -> c.unpin(Optional.empty()));
    change(
        30,
        Cause.REJECTED,
        c ->
            c.withSettings(
                ChannelSettings.builder()
                    .retainFor(Duration.ofDays(1))
                    .build()
                    .over(c.settings())));

    assertThat(channel.history().changes())
        .extracting(HeadChange::cause)
        .containsExactly(Cause.CREATED, Cause.PUBLISHED);
  }

  @Test
  void aReleaseThatWasForgottenIsStillTold() {
    publish(10);
    publish(20);
    channel = channel.forget(java.util.Set.of(1L));

    assertThat(channel.headAt(minute(15), Optional.empty()).target()).contains(ref(1));
  }

  @Test
  void aClockThatGoesBackDoesNotChangeTheOrder() {
    publish(20);
    publish(10);

    assertThat(channel.history().changes()).extracting(HeadChange::at).isSorted();
    assertThat(targetAt(minute(20))).contains(2L);
  }

  @Test
  void onlySoManyChangesAreKeptAndWhatWasBeforeIsSaidToBeUnknown() {
    for (int i = 1; i <= 70; i++) {
      boolean pin = i % 2 == 0;
      if (i == 1) {
        publish(1);
      } else {
        change(
            i,
            pin ? Cause.PINNED : Cause.UNPINNED,
            c -> pin ? c.pinTo(version(1), Optional.empty()) : c.unpin(Optional.empty()));
      }
    }

    assertThat(channel.history().changes()).hasSize(64);
    assertThat(targetAt(minute(7))).contains(1L);
    assertUnknown(minute(6), "goes back to " + minute(7));
  }

  @Test
  void beforeItWasMadeThereWasNoChannel() {
    assertUnknown(minute(0).minusNanos(1), "goes back to " + minute(0));
  }

  @Test
  void ofAChannelWithoutHistoryNothingIsKnown() {
    channel = Samples.withReleases(2);

    assertUnknown(minute(9), "since");
  }

  @Test
  void aLongNameIsCut() {
    channel = Samples.empty(Samples.SEARCHER).created(NOW, "x".repeat(1_000));

    assertThat(channel.history().changes().getFirst().by()).hasSize(200);
  }

  private static final Optional<ScopeName> EU = Optional.of(ScopeName.of("eu"));

  private static Scope scope(String name) {
    return new Scope(ScopeName.of(name), Map.of("region", name), Optional.empty());
  }

  private void scopes(int minute, String... names) {
    change(
        minute,
        Cause.CREATED,
        c ->
            c.withSettings(
                ChannelSettings.builder()
                    .scopes(Stream.of(names).map(HeadHistoryTest::scope).toArray(Scope[]::new))
                    .build()));
  }

  private Optional<Long> targetInEuAt(int minute) {
    return channel.headAt(minute(minute), EU).target().map(ReleaseRef::sequence);
  }

  @Test
  void whileAScopeWasRemovedTheChannelsHeadHeld() {
    publish(10);
    scopes(20, "eu");
    change(30, Cause.PINNED, c -> c.pinTo(version(1), EU));
    publish(40);
    scopes(50);
    publish(60);
    scopes(70, "eu");
    publish(80);

    assertThat(targetInEuAt(45)).contains(1L);
    assertThat(targetInEuAt(55)).contains(2L);
    assertThat(targetInEuAt(65)).contains(3L);
    assertThat(targetInEuAt(75)).contains(3L);
    assertThat(targetInEuAt(85)).contains(4L);
    assertThat(channel.history().changes())
        .filteredOn(change -> change.cause() == Cause.SCOPE_REMOVED)
        .containsExactly(
            new HeadChange(
                minute(50), "ann", Cause.SCOPE_REMOVED, Optional.of(ref(2)), Optional.empty(), EU));
  }

  @Test
  void scopesThatAreNoMoreTakeNoRoomForEver() {
    scopes(1, "eu");
    for (int i = 2; i <= 100; i++) {
      scopes(i, "eu", "scope-" + i);
    }

    assertThat(channel.history().changes()).hasSize(64);
    assertThat(channel.history().changes())
        .filteredOn(change -> change.scope().equals(EU))
        .hasSize(1);
  }

  @Test
  void aNameIsNotCutWithinACharacter() {
    channel = Samples.empty(Samples.SEARCHER).created(NOW, "x".repeat(199) + "😀");

    assertThat(channel.history().changes().getFirst().by()).isEqualTo("x".repeat(199) + "?");
  }

  private void assertUnknown(Instant time, String why) {
    assertThatThrownBy(() -> channel.headAt(time, Optional.empty()))
        .isInstanceOfSatisfying(
            HydraException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.HISTORY_UNKNOWN))
        .hasMessageContaining(why);
  }
}
