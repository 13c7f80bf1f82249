package io.hydra.manager.watch;

import static io.hydra.manager.watch.Samples.FIRST;
import static io.hydra.manager.watch.Samples.ID;
import static io.hydra.manager.watch.Samples.NOW;
import static io.hydra.manager.watch.Samples.SECOND;
import static io.hydra.manager.watch.Samples.created;
import static io.hydra.manager.watch.Samples.published;
import static io.hydra.manager.watch.Samples.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.manager.channel.Channel;
import io.hydra.model.ChannelSettings;
import io.hydra.wire.ChannelEvent;
import io.hydra.wire.EventType;
import io.hydra.wire.HeadChange.Cause;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChannelChangesTest {
  private static List<ChannelEvent> between(Channel before, Channel after) {
    return ChannelChanges.between(ID, Optional.of(before), Optional.of(after), NOW);
  }

  private static List<EventType> types(List<ChannelEvent> events) {
    return events.stream().map(ChannelEvent::type).toList();
  }

  @Test
  void givenAChannelThatWasNotThereThenAllThatMadeItIsTold() {
    var after = published(published(created()));

    assertThat(types(ChannelChanges.between(ID, Optional.empty(), Optional.of(after), NOW)))
        .containsExactly(
            EventType.CHANNEL_CREATED,
            EventType.RELEASE_PUBLISHED,
            EventType.RELEASE_PUBLISHED,
            EventType.HEAD_CHANGED,
            EventType.HEAD_CHANGED);
  }

  @Test
  void givenNothingChangedThenNothingIsTold() {
    assertThat(between(published(created()), published(created()))).isEmpty();
  }

  @Test
  void givenAPublishThenItsReleaseAndTheHeadBeforeAreNamed() {
    var before = published(created());

    var events = between(before, published(before));

    assertThat(types(events)).containsExactly(EventType.RELEASE_PUBLISHED, EventType.HEAD_CHANGED);
    assertThat(events.getLast().release()).contains(SECOND);
    assertThat(events.getLast().before()).contains(FIRST);
    assertThat(events.getLast().by()).contains("ci");
  }

  @Test
  void givenSeveralChangesBetweenTwoLooksThenNoneIsLost() {
    var before = published(published(created()));
    var pinned = before.pinTo(version(1)).changedFrom(before, NOW, "jane", Cause.PINNED);
    var unpinned = pinned.unpin().changedFrom(pinned, NOW, "jane", Cause.UNPINNED);
    var rejected =
        unpinned.reject(2, "slow", NOW).changedFrom(unpinned, NOW, "hydra", Cause.REJECTED);

    var events = between(before, rejected);

    assertThat(types(events))
        .containsExactly(
            EventType.RELEASE_REJECTED,
            EventType.PINNED,
            EventType.UNPINNED,
            EventType.HEAD_CHANGED);
    assertThat(events.get(0).message()).endsWith("was rejected: slow");
    assertThat(events.get(1).release()).contains(FIRST);
    assertThat(events.get(3).release()).contains(FIRST);
    assertThat(events.get(3).before()).contains(SECOND);
  }

  @Test
  void givenOtherSettingsThenThatIsTold() {
    var settings =
        new ChannelSettings(
            Optional.empty(),
            Optional.of(3),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    assertThat(types(between(created(), created().withSettings(settings))))
        .containsExactly(EventType.SETTINGS_CHANGED);
  }

  @Test
  void givenAChannelThatIsGoneThenItsDeletionIsTold() {
    assertThat(types(ChannelChanges.between(ID, Optional.of(created()), Optional.empty(), NOW)))
        .containsExactly(EventType.CHANNEL_DELETED);
  }

  @Test
  void givenAChannelThatWasMadeAgainBetweenTwoLooksThenBothAreTold() {
    Instant later = NOW.plusSeconds(1);
    var again = Channel.create(ID, ChannelSettings.DEFAULT).created(later, "ci");

    assertThat(types(between(created(), again)))
        .containsExactly(EventType.CHANNEL_DELETED, EventType.CHANNEL_CREATED);
    assertThat(types(between(published(created()), published(again))))
        .containsExactly(
            EventType.CHANNEL_DELETED,
            EventType.CHANNEL_CREATED,
            EventType.RELEASE_PUBLISHED,
            EventType.HEAD_CHANGED);
  }
}
