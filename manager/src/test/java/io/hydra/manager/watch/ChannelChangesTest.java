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
import io.hydra.model.Promotion;
import io.hydra.model.Scope;
import io.hydra.model.ScopeName;
import io.hydra.wire.ChannelEvent;
import io.hydra.wire.EventType;
import io.hydra.wire.HeadChange.Cause;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
  void givenAScopeThenItsHeadAndPinAreToldAsItsOwn() {
    var eu = Optional.of(ScopeName.of("eu"));
    var settings =
        ChannelSettings.builder()
            .scopes(new Scope(eu.get(), Map.of("region", "eu"), Optional.of(Promotion.MANUAL)))
            .build();
    var before = published(published(created()).withSettings(settings));
    var promoted =
        before.promote(Optional.empty()).changedFrom(before, NOW, "jane", Cause.PROMOTED);
    var pinned = promoted.pinTo(version(1), eu).changedFrom(promoted, NOW, "jane", Cause.PINNED);

    var events = between(before, pinned);

    assertThat(types(events)).containsExactly(EventType.HEAD_CHANGED, EventType.PINNED);
    assertThat(events).extracting(ChannelEvent::scope).containsOnly(eu);
    assertThat(events.getFirst().release()).contains(SECOND);
    assertThat(events.getFirst().before()).contains(FIRST);
    assertThat(events.getLast().message()).startsWith("scope eu of channel " + ID);
  }

  private static final ScopeName EU = ScopeName.of("eu");

  private static ChannelSettings scopes(Scope... scopes) {
    return ChannelSettings.builder().scopes(scopes).build();
  }

  private static Channel withEu(Channel channel) {
    var eu = new Scope(EU, Map.of("region", "eu"), Optional.of(Promotion.MANUAL));
    return channel.withSettings(scopes(eu)).changedFrom(channel, NOW, "jane", Cause.CREATED);
  }

  private static Channel withoutScopes(Channel channel) {
    return channel.withSettings(scopes()).changedFrom(channel, NOW, "jane", Cause.CREATED);
  }

  @Test
  void givenAPinnedScopeThatIsRemovedThenItsConsumersAreToldToMove() {
    var scoped = withEu(published(created()));
    var pinned =
        published(
            scoped
                .pinTo(version(1), Optional.of(EU))
                .changedFrom(scoped, NOW, "jane", Cause.PINNED));

    var events = between(pinned, withoutScopes(pinned));

    assertThat(types(events)).containsExactly(EventType.SETTINGS_CHANGED, EventType.UNPINNED);
    assertThat(events.getLast().scope()).contains(EU);
    assertThat(events.getLast().release()).contains(SECOND);
    assertThat(events.getLast().before()).contains(FIRST);
    assertThat(events.getLast().message())
        .startsWith("scope eu of channel " + ID + " is no more")
        .endsWith(SECOND.toString());
  }

  @Test
  void givenAScopeWithAnotherHeadThatIsRemovedThenItsHeadChanges() {
    var scoped = published(withEu(published(created())));

    var events = between(scoped, withoutScopes(scoped));

    assertThat(types(events)).containsExactly(EventType.SETTINGS_CHANGED, EventType.HEAD_CHANGED);
    assertThat(events.getLast().before()).contains(FIRST);
  }

  @Test
  void givenAScopeThatWasWhereItsChannelIsWhenItIsRemovedThenNobodyMoves() {
    var scoped = withEu(published(created()));

    assertThat(types(between(scoped, withoutScopes(scoped))))
        .containsExactly(EventType.SETTINGS_CHANGED);
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
    var pinned =
        before.pinTo(version(1), Optional.empty()).changedFrom(before, NOW, "jane", Cause.PINNED);
    var unpinned = pinned.unpin(Optional.empty()).changedFrom(pinned, NOW, "jane", Cause.UNPINNED);
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
