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
  private static final Instant LATER = NOW.plus(ManifestSweep.GRACE);
  private static final Instant MUCH_LATER = LATER.plus(ManifestSweep.GRACE);

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

    channels.sweepManifests(NOW);
    channels.sweepManifests(LATER.minusMillis(1));
    assertIsThere();
    channels.sweepManifests(LATER);
    assertIsGone();
  }

  @Test
  void givenARestartThenTheGraceBeginsAnew() {
    leaveAnOrphan();
    channels.sweepManifests(NOW);
    var restarted = manager("prod");

    restarted.sweepManifests(LATER);
    assertIsThere();
    restarted.sweepManifests(MUCH_LATER);
    assertIsGone();
  }

  @Test
  void givenPartsWithoutAnIndexWhenTheGraceIsOverThenTheyGo() {
    var part = "manifests/" + manifest.digest().hex() + "/part-000000";
    store.commit(List.of(new Operation.Put(part, new byte[10])));

    channels.sweepManifests(NOW);
    channels.sweepManifests(LATER);

    assertIsGone();
  }

  @Test
  void givenAReleaseThatNeedsItThenItStays() {
    publish(channels);

    channels.sweepManifests(NOW);
    channels.sweepManifests(MUCH_LATER);

    assertIsThere();
  }

  @Test
  void givenAForgottenReleaseWhenTheGraceIsOverThenItsManifestGoes() {
    publish(channels);
    channels.sweepManifests(NOW);
    channels.update(
        SEARCHER, c -> Samples.append(c, version(2), Samples.manifest("other")).forget(Set.of(1L)));

    channels.sweepManifests(LATER);
    assertIsThere();
    channels.sweepManifests(MUCH_LATER);
    assertIsGone();
  }

  @Test
  void givenADeletedChannelWhenTheGraceIsOverThenNothingOfItIsLeft() {
    publish(channels);
    channels.delete(SEARCHER, channels.require(SEARCHER).revision());

    channels.sweepManifests(NOW);
    channels.sweepManifests(LATER);

    assertThat(store.keys("")).isEmpty();
  }

  @Test
  void givenAChannelOfAnEnvironmentThatIsServedNoMoreThenItsManifestsStay() {
    publish(channels);
    var other = manager("dev");

    other.sweepManifests(NOW);
    other.sweepManifests(LATER);

    assertIsThere();
  }

  @Test
  void givenAPublishInFlightThatTakesAnOldOrphanUpThenItStays() {
    leaveAnOrphan();
    channels.sweepManifests(NOW);

    channels.update(
        SEARCHER,
        List.of(manifest),
        c -> {
          channels.sweepManifests(LATER);
          channels.sweepManifests(MUCH_LATER);
          return Samples.append(c, version(1), manifest);
        });

    assertIsThere();
  }

  @Test
  void givenAPublishInFlightOfAnotherManagerThatTakesAnOldOrphanUpThenItStays() {
    leaveAnOrphan();
    channels.sweepManifests(NOW);

    manager("prod")
        .update(
            SEARCHER,
            List.of(manifest),
            c -> {
              channels.sweepManifests(LATER);
              return Samples.append(c, version(1), manifest);
            });
    channels.sweepManifests(MUCH_LATER);

    assertIsThere();
  }

  @Test
  void givenAnOrphanThatWasSweptWhenPublishedAgainThenItIsWhole() {
    leaveAnOrphan();
    channels.sweepManifests(NOW);
    channels.sweepManifests(LATER);

    publish(channels);

    assertIsThere();
  }
}
