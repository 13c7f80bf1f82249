package io.hydra.manager.channel;

import static io.hydra.manager.channel.Samples.NOW;
import static io.hydra.manager.channel.Samples.SEARCHER;
import static io.hydra.manager.channel.Samples.version;
import static io.hydra.manager.channel.Samples.withReleases;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.manager.channel.Channels.Versioned;
import io.hydra.manager.store.ChannelStore;
import io.hydra.manager.store.ChannelStore.Operation;
import io.hydra.manager.store.EmbeddedStore;
import io.hydra.model.ChannelId;
import io.hydra.model.ChannelSettings;
import io.hydra.model.DatasetName;
import io.hydra.model.Digest;
import io.hydra.model.Manifest;
import io.hydra.model.Placement;
import io.hydra.model.Promotion;
import io.hydra.model.Release;
import io.hydra.model.ReleaseDataset;
import io.hydra.wire.HydraJson;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredChannelsTest {
  private final Path directory;

  private ChannelStore store;
  private StoredChannels channels;

  StoredChannelsTest(@TempDir Path directory) {
    this.directory = directory;
    store = EmbeddedStore.open(directory.resolve("manager.mv"));
    channels = manager(store);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static StoredChannels manager(ChannelStore store) {
    return new StoredChannels(store, () -> Set.of("prod"), HydraJson.mapper());
  }

  private void restart() {
    store.close();
    store = EmbeddedStore.open(directory.resolve("manager.mv"));
    channels = manager(store);
  }

  @Test
  void givenNoChannelWhenRequiredThenUnknown() {
    assertFails(ErrorCode.UNKNOWN_CHANNEL, () -> channels.require(SEARCHER));
  }

  @Test
  void givenAnotherEnvironmentThenItIsRefusedEverywhere() {
    var foreign = ChannelId.parse("dev/search/searcher");

    assertFails(ErrorCode.UNKNOWN_ENVIRONMENT, () -> channels.require(foreign));
    assertFails(ErrorCode.UNKNOWN_ENVIRONMENT, () -> channels.create(Samples.empty(foreign)));
    assertFails(ErrorCode.UNKNOWN_ENVIRONMENT, () -> channels.update(foreign, c -> c));
    assertFails(ErrorCode.UNKNOWN_ENVIRONMENT, () -> channels.delete(foreign, 1));
  }

  @Test
  void givenAnEnvironmentThatIsServedNoMoreThenItsChannelsAreNotSeen() {
    channels.create(Samples.empty(SEARCHER));

    var other = new StoredChannels(store, () -> Set.of("dev"), HydraJson.mapper());

    assertThat(other.all()).isEmpty();
  }

  @Test
  void givenAChannelWhenMadeAgainThenConflict() {
    channels.create(Samples.empty(SEARCHER));

    assertFails(ErrorCode.CONFLICT, () -> channels.create(Samples.empty(SEARCHER)));
  }

  @Test
  void givenChangesWhenRestartedThenAllOfThemAreThere() {
    channels.create(Samples.empty(SEARCHER));
    publish(channels, 1);
    channels.update(SEARCHER, c -> Samples.append(c, version(2), new PublishKey("key", "hash", 2)));
    publish(channels, 3);
    channels.update(SEARCHER, c -> c.pinTo(version(1), Optional.empty()));
    var before = channels.update(SEARCHER, c -> c.reject(3, "bad", NOW));

    restart();

    assertThat(channels.require(SEARCHER)).isEqualTo(before);
  }

  @Test
  void givenStagedReleasesWhenRestartedThenTheyAreStaged() {
    channels.create(
        withReleases(1)
            .withSettings(ChannelSettings.builder().promotion(Promotion.MANUAL).build()));
    channels.update(SEARCHER, c -> Samples.append(c, version(2), Samples.manifest("2")));
    restart();

    var channel = channels.require(SEARCHER).channel();
    assertThat(channel.head()).contains(1L);
    assertThat(channel.heads().own().neverHead()).containsExactly(2L);
    assertThat(channel.promotion()).isEqualTo(Promotion.MANUAL);
  }

  @Test
  void givenADocumentThatNamesReleasesInAnyOrderThenTheyAreOrdered() throws Exception {
    channels.create(withReleases(3));
    var key = ChannelArchive.key(SEARCHER);
    var entry = store.get(key).orElseThrow();
    var document = (ObjectNode) HydraJson.mapper().readTree(entry.value());
    var lines = (ArrayNode) document.get("releases");
    lines.add(lines.remove(0));
    var restored = HydraJson.mapper().writeValueAsBytes(document);
    store.commit(List.of(new Operation.PutIf(key, restored, entry.revision())));
    restart();

    assertThat(channels.require(SEARCHER).channel().releases())
        .extracting(Release::sequence)
        .containsExactly(1L, 2L, 3L);
  }

  @Test
  void givenADocumentOfAnOlderManagerThenEveryReleaseWasTheHead() throws Exception {
    channels.create(withReleases(3).reject(3, "bad", Samples.NOW));
    var key = ChannelArchive.key(SEARCHER);
    var entry = store.get(key).orElseThrow();
    var document = (ObjectNode) HydraJson.mapper().readTree(entry.value());
    assertThat(document.remove("neverHead")).isNotNull();
    assertThat(document.remove("history")).isNotNull();
    ((ObjectNode) document.get("settings")).remove("promotion");
    var older = HydraJson.mapper().writeValueAsBytes(document);
    store.commit(List.of(new Operation.PutIf(key, older, entry.revision())));
    restart();

    var channel = channels.require(SEARCHER).channel();
    assertThat(channel.candidate()).isEmpty();
    assertThat(channel.promotion()).isEqualTo(Promotion.IMMEDIATE);
    assertThat(channel.reject(2, "bad", Samples.NOW).head()).contains(1L);
  }

  @Test
  void givenAnEqualChannelWhenUpdatedThenNothingIsStored() {
    var created = channels.create(Samples.empty(SEARCHER));

    var updated = channels.update(SEARCHER, c -> Samples.empty(SEARCHER));

    assertThat(updated).isEqualTo(created);
  }

  @Test
  void givenAChangeThatThrowsThenTheChannelStays() {
    var created = channels.create(Samples.empty(SEARCHER));

    assertFails(
        ErrorCode.UNKNOWN_RELEASE,
        () -> channels.update(SEARCHER, c -> c.pinTo(version(9), Optional.empty())));
    assertThat(channels.require(SEARCHER)).isEqualTo(created);
  }

  @Test
  void givenListenersThenTheyHearOfCreationChangeAndDeletionAndCanReadWhatIsNew() {
    var heard = new ConcurrentLinkedQueue<Optional<Long>>();
    channels.onChange(id -> heard.add(channels.find(id).map(v -> v.channel().lastSequence())));

    channels.create(Samples.empty(SEARCHER));
    var published = publish(channels, 1);
    channels.delete(SEARCHER, published.revision());

    await().until(() -> heard.size() >= 3);
    assertThat(heard).containsExactly(Optional.of(0L), Optional.of(1L), Optional.empty());
  }

  @Test
  void givenTwoManagersOnOneStoreThenEachLearnsWhatTheOtherDid() {
    var other = manager(store);
    channels.create(Samples.empty(SEARCHER));
    await().until(() -> other.find(SEARCHER).isPresent());

    publish(other, 1);
    await().until(() -> channels.require(SEARCHER).channel().lastSequence() == 1);

    channels.delete(SEARCHER, channels.require(SEARCHER).revision());
    await().until(() -> other.find(SEARCHER).isEmpty());
  }

  /** Changed by one commit, so that both are told at once. */
  @Test
  void givenAChannelThatCannotBeReadThenOthersAreTakenOverAllTheSame() {
    var damaged = channels.create(Samples.empty(SEARCHER));
    var other = ChannelId.parse("prod/search/other");
    var gone = channels.create(Samples.empty(other));

    store.commit(
        List.of(
            new Operation.PutIf(ChannelArchive.key(SEARCHER), new byte[1], damaged.revision()),
            new Operation.DeleteIf(ChannelArchive.key(other), gone.revision())));

    await().until(() -> channels.find(other).isEmpty());
    assertThat(channels.find(SEARCHER)).contains(damaged);
  }

  @Test
  void givenTwoManagersThatPublishAtOnceThenNoReleaseIsLost() throws Exception {
    channels.create(Samples.empty(SEARCHER));
    int each = 15;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var running = new ArrayList<Future<?>>();
      for (var manager : List.of(manager(store), manager(store), channels, channels)) {
        running.add(
            threads.submit(
                () ->
                    IntStream.range(0, each)
                        .forEach(
                            i ->
                                manager.update(
                                    SEARCHER,
                                    c ->
                                        Samples.append(
                                            c,
                                            version((int) c.lastSequence() + 1),
                                            Samples.manifest("x"))))));
      }
      for (var one : running) {
        one.get();
      }
    }

    restart();
    assertThat(channels.require(SEARCHER).channel().releases())
        .extracting(Release::sequence)
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, 4 * each).mapToObj(Long::valueOf).toList());
  }

  @Test
  void givenAPublisherAndRetentionAtOnceThenBothGoOn() throws Exception {
    channels.create(Samples.empty(SEARCHER));
    publish(channels, 1);
    var other = manager(store);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var publisher =
          threads.submit(() -> IntStream.rangeClosed(2, 60).forEach(i -> publish(channels, i)));
      while (!publisher.isDone()) {
        other.update(SEARCHER, c -> c.forget(Set.of(c.releases().getFirst().sequence())));
      }
      publisher.get();
    }

    restart();
    assertThat(channels.require(SEARCHER).channel().lastSequence()).isEqualTo(60);
  }

  @Test
  void givenAForgottenReleaseThenItsKeyIsGone() {
    channels.create(Samples.empty(SEARCHER));
    publish(channels, 1);
    publish(channels, 2);

    channels.update(SEARCHER, c -> c.forget(Set.of(1L)));

    assertThat(store.keys("releases/")).singleElement().asString().endsWith("2");
  }

  @Test
  void givenAnOldRevisionWhenDeletedThenConflict() {
    var created = channels.create(Samples.empty(SEARCHER));
    publish(channels, 1);

    assertFails(ErrorCode.CONFLICT, () -> channels.delete(SEARCHER, created.revision()));
    assertThat(channels.require(SEARCHER).channel().releases()).hasSize(1);
  }

  @Test
  void givenADeletedChannelThenNothingOfItIsLeft() {
    channels.create(Samples.empty(SEARCHER));
    var published = publish(channels, 1);

    channels.delete(SEARCHER, published.revision());

    assertThat(store.keys("")).allMatch(key -> key.startsWith("manifests/"));
  }

  @Test
  void givenAChannelDeletedAndMadeAgainThenItsNewReleaseIsRead() {
    channels.create(Samples.empty(SEARCHER));
    channels.delete(SEARCHER, publish(channels, 1).revision());
    channels.create(Samples.empty(SEARCHER));

    publish(channels, 5);
    restart();

    assertThat(channels.require(SEARCHER).channel().release(1).map(Release::version))
        .contains(version(5));
  }

  @Test
  void givenAThousandDatasetsInEachOfManyReleasesThenTheChannelIsStored() {
    channels.create(Samples.empty(SEARCHER));
    for (int i = 1; i <= 20; i++) {
      int day = i;
      channels.update(SEARCHER, c -> c.append(large(c, day), Optional.empty()));
    }
    var before = channels.require(SEARCHER);

    restart();

    assertThat(channels.require(SEARCHER)).isEqualTo(before);
  }

  private static Release large(Channel channel, int day) {
    return new Release(
        channel.id(),
        channel.lastSequence() + 1,
        version(day),
        NOW,
        IntStream.range(0, 1000)
            .mapToObj(
                i ->
                    new ReleaseDataset(
                        new DatasetName("dataset-number-" + i),
                        "s3://some-bucket/some/longer/prefix/of/dataset-%d/%s/"
                            .formatted(i, version(day)),
                        Optional.of(version(day)),
                        Placement.DISK,
                        Digest.sha256(new byte[] {(byte) i, (byte) (i >> 8), (byte) day}),
                        1_000_000L * i,
                        i))
            .toList());
  }

  @Test
  void givenAManifestOfAHundredThousandFilesThenItIsReadBackAfterARestart() {
    channels.create(Samples.empty(SEARCHER));
    var manifest =
        new Manifest(
            IntStream.range(0, 100_000)
                .mapToObj(i -> Samples.file("folder-%d/file-%d".formatted(i % 100, i), "c" + i))
                .toList());
    channels.update(SEARCHER, List.of(manifest), c -> Samples.append(c, version(1), manifest));

    restart();

    assertThat(channels.manifest(manifest.digest())).isEqualTo(manifest);
  }

  @Test
  void givenAnUnknownDigestThenUnknownManifest() {
    assertFails(ErrorCode.UNKNOWN_MANIFEST, () -> channels.manifest(Digest.sha256(new byte[0])));
  }

  private static Versioned publish(Channels channels, int number) {
    var manifest = Samples.manifest("content " + number);
    return channels.update(
        SEARCHER, List.of(manifest), c -> Samples.append(c, version(number), manifest));
  }

  private static void assertFails(ErrorCode code, Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            HydraException.class, failure -> assertThat(failure.code()).isEqualTo(code));
  }
}
