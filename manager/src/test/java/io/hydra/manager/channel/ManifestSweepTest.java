package io.hydra.manager.channel;

import static io.hydra.manager.channel.Samples.NOW;
import static io.hydra.manager.channel.Samples.SEARCHER;
import static io.hydra.manager.channel.Samples.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hydra.error.HydraException;
import io.hydra.manager.store.ChannelStore;
import io.hydra.manager.store.ChannelStore.Operation;
import io.hydra.manager.store.EmbeddedStore;
import io.hydra.model.Manifest;
import io.hydra.wire.HydraJson;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On the embedded store, with two managers that know nothing of each other but it. */
class ManifestSweepTest {
  private static final Instant LATER = NOW.plus(Orphans.GRACE);
  private static final Instant MUCH_LATER = LATER.plus(Orphans.GRACE);

  private final Manifest manifest = Samples.manifest("content");
  private final ChannelStore store;
  private final StoredChannels channels;

  ManifestSweepTest(@TempDir Path directory) {
    store = EmbeddedStore.open(directory.resolve("manager.mv"));
    channels = manager("prod");
  }

  @BeforeEach
  void aChannel() {
    channels.create(Samples.empty(SEARCHER));
  }

  @AfterEach
  void close() {
    store.close();
  }

  private StoredChannels manager(String environment) {
    return new StoredChannels(store, () -> Set.of(environment), HydraJson.mapper());
  }

  private void publish(Channels by) {
    by.update(SEARCHER, List.of(manifest), c -> Samples.append(c, version(1), manifest));
  }

  /** As a kill between the manifests and the release does. */
  private void leaveAnOrphan() {
    assertThatThrownBy(
            () ->
                channels.update(
                    SEARCHER,
                    List.of(manifest),
                    c -> {
                      throw new IllegalStateException("ended here on purpose");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(store.keys("manifests/")).isNotEmpty();
  }

  private void assertIsThere() {
    assertThat(channels.manifest(manifest.digest())).isEqualTo(manifest);
  }

  private void assertIsGone() {
    assertThat(store.keys("manifests/")).isEmpty();
    assertThatThrownBy(() -> channels.manifest(manifest.digest()))
        .isInstanceOf(HydraException.class);
  }

  @Test
  void givenAnOrphanWhenTheGraceIsOverThenItGoes() {
    leaveAnOrphan();

    channels.sweep(NOW);
    channels.sweep(LATER.minusMillis(1));
    assertIsThere();
    channels.sweep(LATER);
    assertIsGone();
  }

  @Test
  void givenARestartThenTheGraceBeginsAnew() {
    leaveAnOrphan();
    channels.sweep(NOW);
    var restarted = manager("prod");

    restarted.sweep(LATER);
    assertIsThere();
    restarted.sweep(MUCH_LATER);
    assertIsGone();
  }

  @Test
  void givenPartsWithoutAnIndexWhenTheGraceIsOverThenTheyGo() {
    var part = "manifests/" + manifest.digest().hex() + "/part-000000";
    store.commit(List.of(new Operation.Put(part, new byte[10])));

    channels.sweep(NOW);
    channels.sweep(LATER);

    assertIsGone();
  }

  @Test
  void givenAReleaseThatNeedsItThenItStays() {
    publish(channels);

    channels.sweep(NOW);
    channels.sweep(MUCH_LATER);

    assertIsThere();
  }

  @Test
  void givenAForgottenReleaseWhenTheGraceIsOverThenItsManifestGoes() {
    publish(channels);
    channels.sweep(NOW);
    channels.update(
        SEARCHER, c -> Samples.append(c, version(2), Samples.manifest("other")).forget(Set.of(1L)));

    channels.sweep(LATER);
    assertIsThere();
    channels.sweep(MUCH_LATER);
    assertIsGone();
  }

  @Test
  void givenADeletedChannelWhenTheGraceIsOverThenNothingOfItIsLeft() {
    publish(channels);
    channels.delete(SEARCHER, channels.require(SEARCHER).revision());

    channels.sweep(NOW);
    channels.sweep(LATER);

    assertThat(store.keys("")).isEmpty();
  }

  @Test
  void givenAChannelOfAnEnvironmentThatIsServedNoMoreThenItsManifestsStay() {
    publish(channels);
    var other = manager("dev");

    other.sweep(NOW);
    other.sweep(LATER);

    assertIsThere();
  }

  @Test
  void givenAPublishInFlightThatTakesAnOldOrphanUpThenItStays() {
    leaveAnOrphan();
    channels.sweep(NOW);

    channels.update(
        SEARCHER,
        List.of(manifest),
        c -> {
          channels.sweep(LATER);
          channels.sweep(MUCH_LATER);
          return Samples.append(c, version(1), manifest);
        });

    assertIsThere();
  }

  @Test
  void givenAPublishInFlightOfAnotherManagerThatTakesAnOldOrphanUpThenItStays() {
    leaveAnOrphan();
    channels.sweep(NOW);

    manager("prod")
        .update(
            SEARCHER,
            List.of(manifest),
            c -> {
              channels.sweep(LATER);
              return Samples.append(c, version(1), manifest);
            });
    channels.sweep(MUCH_LATER);

    assertIsThere();
  }

  @Test
  void givenAnOrphanThatWasSweptWhenPublishedAgainThenItIsWhole() {
    leaveAnOrphan();
    channels.sweep(NOW);
    channels.sweep(LATER);

    publish(channels);

    assertIsThere();
  }

  /** As a kill between the channel's document and its releases leaves it. */
  private void leaveAReleaseWithoutItsChannel() {
    publish(channels);
    var document = store.get("channels/" + SEARCHER).orElseThrow();
    store.commit(List.of(new Operation.DeleteIf(document.key(), document.revision())));
    channels.catchUp();
    assertThat(store.keys("releases/")).hasSize(1);
  }

  @Test
  void givenAReleaseWithoutItsChannelWhenTheGraceIsOverThenItGoes() {
    leaveAReleaseWithoutItsChannel();

    channels.sweep(NOW);
    channels.sweep(LATER.minusMillis(1));
    assertThat(store.keys("releases/")).hasSize(1);
    channels.sweep(LATER);
    assertThat(store.keys("releases/")).isEmpty();
  }

  @Test
  void givenAReleaseThatIsRestoredAgainThenItsGraceBeginsAnew() {
    publish(channels);
    var release = channels.require(SEARCHER).channel().newest().orElseThrow();
    channels.delete(SEARCHER, channels.require(SEARCHER).revision());
    restoration().restore(release);
    channels.sweep(NOW);

    restoration().restore(release);
    channels.sweep(LATER);

    assertThat(store.keys("releases/")).hasSize(1);
  }

  @Test
  void givenAChannelOfAnEnvironmentThatIsServedNoMoreThenItsReleasesStay() {
    publish(channels);
    var other = manager("dev");

    other.sweep(NOW);
    other.sweep(LATER);

    assertThat(store.keys("releases/")).hasSize(1);
  }

  @Test
  void givenManifestsOfAnImportThatBrokeOffWhenItsChannelComesThenTheyStay() {
    publish(channels);
    var saved = restoration().state(SEARCHER);
    var release = channels.require(SEARCHER).channel().newest().orElseThrow();
    channels.delete(SEARCHER, channels.require(SEARCHER).revision());
    restoration().restore(release);
    channels.sweep(NOW);

    restoration().restoreManifest(manifest.digest(), 1);
    channels.sweep(LATER);
    restoration().restore(release);
    restoration().restore(SEARCHER, saved);
    channels.sweep(MUCH_LATER);

    assertIsThere();
    assertThat(restoration().state(SEARCHER)).isEqualTo(saved);
  }

  @Test
  void givenAChannelThatAnotherManagerRestoresInTheMomentOfTheSweepThenItsManifestsStay() {
    publish(channels);
    var saved = restoration().state(SEARCHER);
    var release = channels.require(SEARCHER).channel().newest().orElseThrow();
    channels.delete(SEARCHER, channels.require(SEARCHER).revision());
    var sweep = new ManifestSweep(new ManifestArchive(store, new Compression(HydraJson.mapper())));
    sweep.sweep(NOW, Set::of, digest -> false);

    restoration().restore(release);
    restoration().restore(SEARCHER, saved);
    // Its look at the channels was before that.
    sweep.sweep(LATER, Set::of, digest -> false);

    assertIsThere();
  }

  private Restoration restoration() {
    return new Restoration(channels, store, HydraJson.mapper());
  }
}
