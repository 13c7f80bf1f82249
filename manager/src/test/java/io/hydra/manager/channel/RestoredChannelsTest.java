package io.hydra.manager.channel;

import static io.hydra.manager.channel.Samples.SEARCHER;
import static io.hydra.manager.channel.Samples.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.manager.reconcile.FakeStore;
import io.hydra.manager.reconcile.RelayingStore;
import io.hydra.manager.store.ChannelStore;
import io.hydra.model.ChannelId;
import io.hydra.model.Release;
import io.hydra.model.ReleaseVersion;
import io.hydra.wire.HydraJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A store that has become another one, with another past and revisions of its own. */
class RestoredChannelsTest {
  private final SwitchedStore store = new SwitchedStore();
  private final FakeStore other = new FakeStore();
  private final StoredChannels channels = manager(store);
  private final List<ChannelId> heard = new ArrayList<>();

  private static StoredChannels manager(ChannelStore store) {
    return new StoredChannels(store, () -> Set.of("prod"), HydraJson.mapper());
  }

  private static void publish(Channels channels, int day) {
    var manifest = Samples.manifest("content " + day);
    channels.update(SEARCHER, List.of(manifest), c -> Samples.append(c, version(day), manifest));
  }

  @Test
  void givenAnOlderStateWhenEverythingIsToldThenItIsWhatIsKnown() {
    manager(other).create(Samples.empty(SEARCHER));
    publish(manager(other), 1);
    channels.create(Samples.empty(SEARCHER));
    publish(channels, 1);
    publish(channels, 2);
    publish(channels, 3);
    channels.onChange(heard::add);

    store.become(other);

    assertThat(versions()).containsExactly(version(1));
    assertThat(heard).containsExactly(SEARCHER);
  }

  @Test
  void givenAnotherChannelOfTheSameRevisionWhenEverythingIsToldThenItIsWhatIsKnown() {
    manager(other).create(Samples.empty(SEARCHER));
    publish(manager(other), 1);
    channels.create(Samples.empty(SEARCHER));
    publish(channels, 2);
    assertThat(channels.require(SEARCHER).revision())
        .isEqualTo(manager(other).require(SEARCHER).revision());
    channels.onChange(heard::add);

    store.become(other);

    assertThat(versions()).containsExactly(version(1));
    assertThat(heard).containsExactly(SEARCHER);
  }

  @Test
  void givenNothingHasChangedWhenEverythingIsToldThenNobodyHearsOfIt() {
    channels.create(Samples.withReleases(3).reject(3, "bad", Samples.NOW));
    channels.onChange(heard::add);

    store.tellEverything();

    assertThat(heard).isEmpty();
  }

  /** Before anybody has noticed that the store is another one. */
  @Test
  void givenLowerRevisionsWhenSomethingIsPublishedThenItIsThereAndHeardOf() {
    manager(other).create(Samples.empty(SEARCHER));
    channels.create(Samples.empty(SEARCHER));
    for (int day = 1; day <= 5; day++) {
      publish(channels, day);
    }
    store.becomeUnnoticed(other);
    channels.onChange(heard::add);

    publish(channels, 6);

    assertThat(versions()).containsExactly(version(6));
    assertThat(heard).containsExactly(SEARCHER);
  }

  private List<ReleaseVersion> versions() {
    return channels.require(SEARCHER).channel().releases().stream().map(Release::version).toList();
  }

  /** Of which another store is made. */
  private static final class SwitchedStore extends RelayingStore {
    private Consumer<Set<String>> told = _ -> {};

    void become(ChannelStore next) {
      becomeUnnoticed(next);
      tellEverything();
    }

    void becomeUnnoticed(ChannelStore next) {
      relayTo(next);
    }

    void tellEverything() {
      told.accept(Set.of(ChannelArchive.key(SEARCHER)));
    }

    @Override
    public Watch watch(String prefix, Consumer<Set<String>> listener) {
      told = listener;
      return () -> {};
    }
  }
}
