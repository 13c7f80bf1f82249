package io.hydra.manager.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.manager.channel.Channel;
import io.hydra.manager.reconcile.World;
import io.hydra.model.ChannelSettings;
import io.hydra.model.DatasetName;
import io.hydra.model.Digest;
import io.hydra.model.Promotion;
import io.hydra.model.Release;
import io.hydra.model.ReleaseRef;
import io.hydra.model.ReleaseVersion;
import io.hydra.wire.InstanceReport;
import io.hydra.wire.InstanceState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RetentionPlannerTest {
  private static final Instant NOW = Instant.EPOCH.plus(Duration.ofDays(100));
  private static final RetentionPlanner.Use UNUSED =
      new RetentionPlanner.Use(List.of(), Set.of(), Set.of());

  /** Six releases, of which the channel keeps one besides those in use. */
  private static Channel channel() {
    var changes =
        new ChannelSettings(
            Optional.empty(),
            Optional.of(1),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    var channel = Channel.create(World.CHANNEL, ChannelSettings.DEFAULT).withSettings(changes);
    for (long sequence = 1; sequence <= 6; sequence++) {
      channel = channel.append(release(sequence), Optional.empty());
    }
    return channel;
  }

  private static Release release(long sequence) {
    return release(sequence, Instant.EPOCH);
  }

  private static Release release(long sequence, Instant at) {
    return new Release(
        World.CHANNEL,
        sequence,
        ReleaseVersion.of("v" + sequence),
        at,
        List.of(World.onDisk("d", "d" + sequence), World.onDisk("same", "same")));
  }

  private static RetentionPlanner.Use servedBy(
      Optional<ReleaseRef> serving, Optional<ReleaseRef> moving, Map<DatasetName, Digest> loaded) {
    var report =
        new InstanceReport(
            1,
            InstanceState.SERVING,
            true,
            serving,
            moving,
            false,
            loaded,
            Optional.empty(),
            Optional.empty());
    return new RetentionPlanner.Use(List.of(report), Set.of(), Set.of());
  }

  @Test
  void theHeadTheLastKnownGoodAndTheNumberAskedForStay() {
    assertThat(RetentionPlanner.forgettable(channel(), UNUSED, NOW)).containsExactly(1L, 2L, 3L);
  }

  @Test
  void theLastKnownGoodIsTheNewestThatWasNotRejected() {
    var channel = channel().reject(5, "bad", Instant.EPOCH);

    assertThat(RetentionPlanner.forgettable(channel, UNUSED, NOW)).containsExactly(1L, 2L, 3L);
  }

  @Test
  void thePinStays() {
    assertThat(
            RetentionPlanner.forgettable(
                channel().pinTo(ReleaseVersion.of("v1"), Optional.empty()), UNUSED, NOW))
        .containsExactly(2L, 3L);
  }

  @Test
  void whatIsStagedStaysAndWhatWasPassedOverIsNoLastKnownGood() {
    var channel =
        channel().withSettings(ChannelSettings.builder().promotion(Promotion.MANUAL).build());
    for (long sequence = 7; sequence <= 10; sequence++) {
      channel = channel.append(release(sequence), Optional.empty());
    }

    // 6 is the head, 5 the one before, 10 to be the next; 9 is the number asked for.
    assertThat(RetentionPlanner.forgettable(channel, UNUSED, NOW))
        .containsExactly(1L, 2L, 3L, 4L, 7L, 8L);
    // 9 never was the head: 6 is the last known good.
    assertThat(RetentionPlanner.forgettable(channel.promote(Optional.empty()), UNUSED, NOW))
        .containsExactly(1L, 2L, 3L, 4L, 5L, 7L, 8L);
  }

  /** Releases 1 to {@code count}, published one a day, the last one now. */
  private static Channel daily(int count, Duration retainFor) {
    var channel = channel().forget(Set.of(1L, 2L, 3L, 4L, 5L, 6L));
    channel = channel.withSettings(ChannelSettings.builder().retainFor(retainFor).build());
    for (long sequence = 7; sequence < 7 + count; sequence++) {
      channel =
          channel.append(
              release(sequence, NOW.minus(Duration.ofDays(6 + count - sequence))),
              Optional.empty());
    }
    return channel;
  }

  @Test
  void whatIsYoungStaysWhateverTheNumber() {
    // 14 is today's, 13 of yesterday. 11 is three days old, 10 four.
    assertThat(RetentionPlanner.forgettable(daily(8, Duration.ofHours(73)), UNUSED, NOW))
        .contains(10L)
        .doesNotContain(11L, 12L, 13L, 14L);
  }

  @Test
  void whatIsNotYoungStaysAsFarAsTheNumberGoes() {
    assertThat(RetentionPlanner.forgettable(daily(8, Duration.ofHours(1)), UNUSED, NOW))
        .contains(11L)
        .doesNotContain(12L, 13L, 14L);
  }

  @Test
  void ofWhatIsYoungNoMoreStaysThanAChannelCanHold() {
    var channel = daily(1_100, Duration.ofDays(3650));

    var forgotten = RetentionPlanner.forgettable(channel, UNUSED, NOW);

    assertThat(channel.forget(forgotten).releases()).hasSize(ChannelSettings.MOST_RELEASES + 2);
    assertThat(forgotten).contains(7L).doesNotContain(7L + 1_099);
  }

  @Test
  void whatIsServedOrMovedToStays() {
    var use = servedBy(Optional.of(release(1).ref()), Optional.of(release(3).ref()), Map.of());

    assertThat(RetentionPlanner.forgettable(channel(), use, NOW)).containsExactly(2L);
  }

  @Test
  void whatIsLoadedStays() {
    var loaded = release(2).datasets().getFirst();
    var use = servedBy(Optional.empty(), Optional.empty(), Map.of(loaded.name(), loaded.digest()));

    assertThat(RetentionPlanner.forgettable(channel(), use, NOW)).containsExactly(1L, 3L);
  }

  @Test
  void whatIsLiveSomewhereStays() {
    var use = new RetentionPlanner.Use(List.of(), Set.of(release(1).ref()), Set.of());

    assertThat(RetentionPlanner.forgettable(channel(), use, NOW)).containsExactly(2L, 3L);
  }
}
