package io.hydra.manager.channel;

import static io.hydra.manager.channel.Samples.NOW;
import static io.hydra.manager.channel.Samples.SEARCHER;
import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.manager.reconcile.FakeStore;
import io.hydra.manager.store.ChannelStore;
import io.hydra.manager.store.ChannelStore.Operation;
import io.hydra.model.ChannelSettings;
import io.hydra.model.DatasetName;
import io.hydra.model.Digest;
import io.hydra.model.Placement;
import io.hydra.model.Release;
import io.hydra.model.ReleaseDataset;
import io.hydra.model.ReleaseVersion;
import io.hydra.model.Scope;
import io.hydra.model.ScopeName;
import io.hydra.model.VersionScheme;
import io.hydra.wire.HeadChange.Cause;
import io.hydra.wire.HydraJson;
import io.hydra.wire.Rejection;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A channel with as much of everything as may be, of texts that cannot be compressed. */
class LargestChannelTest {
  private static final int RELEASES = ChannelSettings.MOST_RELEASES;
  private static final int NAMES = 20;

  /** Of 90 characters each: those of all scopes are 28,800, and 32 Ki is the limit. */
  private static final int LABELS_OF_A_SCOPE = 20;

  private final Random random = new Random(1);
  private final ChannelStore store = new FakeStore();

  private StoredChannels manager() {
    return new StoredChannels(store, () -> Set.of("prod"), HydraJson.mapper());
  }

  private String text(int length, int first, int count) {
    return IntStream.range(0, length)
        .map(i -> first + random.nextInt(count))
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /** Of Chinese characters, three bytes each. */
  private String sentence(int length) {
    return text(length, 0x4e00, 0x5000);
  }

  private String letters(int length) {
    return text(length, 'A', 26);
  }

  /** To the nanosecond, as clocks tell. */
  private Instant time() {
    return NOW.plusNanos(random.nextLong(1_000_000_000_000L));
  }

  private static ReleaseVersion version(long sequence) {
    return VersionScheme.TIMESTAMP.at(NOW.plusSeconds(sequence)).orElseThrow();
  }

  private Scope scope(int number) {
    return new Scope(
        ScopeName.of("scope-%d-%s".formatted(number, "x".repeat(40))),
        IntStream.range(0, LABELS_OF_A_SCOPE)
            .boxed()
            .collect(Collectors.toMap(i -> i + letters(40), i -> letters(50))),
        Optional.empty());
  }

  private ChannelSettings scopes(int first) {
    return ChannelSettings.builder()
        .scopes(
            IntStream.range(first, first + ChannelSettings.MOST_SCOPES)
                .mapToObj(this::scope)
                .toArray(Scope[]::new))
        .build();
  }

  private Channel append(Channel channel, int datasets) {
    long sequence = channel.lastSequence() + 1;
    var release =
        new Release(
            channel.id(), sequence, version(sequence), time(), datasets(sequence, datasets));
    var key = new PublishKey(letters(255), letters(12), sequence);
    return channel
        .append(release, Optional.of(key))
        .changedFrom(channel, release.publishedAt(), letters(300), Cause.PUBLISHED);
  }

  private List<ReleaseDataset> datasets(long sequence, int count) {
    var datasets = new ArrayList<ReleaseDataset>();
    for (int i = 0; i < count; i++) {
      datasets.add(
          new ReleaseDataset(
              DatasetName.of("dataset-" + i),
              "s3://bucket/dataset-%d/%s/".formatted(i, version(sequence)),
              Optional.of(version(sequence)),
              Placement.RAM,
              Digest.sha256((sequence + "-" + i).getBytes(StandardCharsets.UTF_8)),
              random.nextLong(1L << 40),
              i));
    }
    return datasets;
  }

  /** The first as they are once newer ones were rejected. */
  private Channel rejectAll(Channel channel) {
    var old = new TreeMap<Long, Rejection>();
    for (long sequence = 1; sequence <= RELEASES - 40; sequence++) {
      old.put(sequence, new Rejection(sentence(40), time()));
    }
    var heads =
        channel
            .heads()
            .everywhere(state -> new HeadState(state.head(), state.pin(), old, state.neverHead()));
    var rejected =
        new Channel(
            channel.id(),
            channel.settings(),
            heads,
            channel.lastSequence(),
            channel.releases(),
            channel.idempotency(),
            channel.history());
    for (long sequence = RELEASES - 39; sequence <= RELEASES; sequence++) {
      var before = rejected;
      var now = NOW.plusSeconds(RELEASES + sequence);
      rejected =
          before
              .reject(sequence, sentence(600), now)
              .changedFrom(before, now, letters(300), Cause.REJECTED);
    }
    return rejected;
  }

  private Channel largest() {
    var channel = Samples.empty(SEARCHER).created(NOW, letters(300));
    for (int i = 0; i < RELEASES; i++) {
      channel = append(channel, 1);
    }
    for (int first = 0; first < NAMES; first++) {
      channel =
          channel
              .withSettings(scopes(first))
              .changedFrom(channel, time(), letters(300), Cause.CREATED);
    }
    return rejectAll(channel);
  }

  /** As after many publishes: its releases lie in the store. */
  private void store(Channel channel) {
    var archive = new ChannelArchive(store, new Compression(HydraJson.mapper()));
    channel.releases().forEach(archive::restore);
    assertThat(archive.restore(ChannelDocument.of(channel))).isTrue();
  }

  @Test
  void itsDocumentHasRoomBesideARelease_andOneCanStillPublishRejectAndGoBack() {
    var largest = largest();
    store(largest);
    var channels = manager();

    assertThat(stored()).isLessThan(ChannelStore.MAX_TRANSACTION_BYTES * 4 / 5);
    assertThat(channels.require(SEARCHER).channel()).isEqualTo(largest);
    channels.update(SEARCHER, channel -> append(channel, 1_000));
    channels.update(SEARCHER, channel -> append(channel, 1_000));
    channels.update(SEARCHER, channel -> channel.reject(RELEASES + 2, sentence(500), time()));
    assertThat(channels.require(SEARCHER).channel().head()).contains(RELEASES + 1L);
    channels.update(SEARCHER, channel -> channel.rollback(Optional.of(version(7)), time()));
    assertThat(channels.require(SEARCHER).channel().head()).contains(7L);
  }

  private int stored() {
    return store.get(ChannelArchive.key(SEARCHER)).orElseThrow().value().length;
  }

  @Test
  void newestReasonsAreWholeAndOfOlderOnesTheBeginningIsKept() {
    var channel = Samples.empty(SEARCHER);
    for (int i = 0; i < 40; i++) {
      channel = append(channel, 1);
    }
    channel = channel.withSettings(scopes(0));
    for (int i = 1; i <= 40; i++) {
      channel = channel.reject(i, "x".repeat(600), NOW.plusSeconds(i));
    }

    for (var part : channel.parts()) {
      var rejected = channel.seenFrom(part).rejected();
      assertThat(length(rejected, 40)).isEqualTo(500);
      assertThat(length(rejected, 9)).isEqualTo(500);
      assertThat(length(rejected, 8)).isEqualTo(40);
    }
  }

  private static int length(Map<Long, Rejection> rejected, long sequence) {
    return Objects.requireNonNull(rejected.get(sequence)).reason().length();
  }

  @Test
  void aReasonThatIsCutWithinACharacterCanBeStored() {
    var channels = manager();
    channels.create(append(Samples.empty(SEARCHER), 1));

    channels.update(SEARCHER, channel -> channel.reject(1, "x".repeat(499) + "😀", NOW));

    assertThat(channels.require(SEARCHER).channel().rejected().get(1L))
        .extracting(rejection -> rejection.reason().length())
        .isEqualTo(500);
  }

  @Test
  void aReasonIsStoredOnce_andReadInEachPart() {
    var channel = append(Samples.empty(SEARCHER).withSettings(scopes(0)), 1);
    var rejected = channel.reject(1, "does not load", NOW);
    store(rejected);

    var json = new String(stored(rejected), StandardCharsets.UTF_8);

    assertThat(json).containsOnlyOnce("does not load");
    assertThat(manager().require(SEARCHER).channel()).isEqualTo(rejected);
  }

  private byte[] stored(Channel channel) {
    return store.get(ChannelArchive.key(channel.id())).orElseThrow().value();
  }

  @Test
  void aDocumentThatTellsTheReasonInEachPartIsReadAsItWas() throws Exception {
    var channel = append(Samples.empty(SEARCHER).withSettings(scopes(0)), 1);
    var rejected = channel.reject(1, "does not load", NOW);
    store(rejected);
    var mapper = HydraJson.mapper();
    var json = new String(stored(rejected), StandardCharsets.UTF_8);
    var brief = mapper.writeValueAsString(new Rejection("", Instant.EPOCH));
    var old = json.replace(brief, mapper.writeValueAsString(new Rejection("does not load", NOW)));
    assertThat(old).isNotEqualTo(json);

    store.commit(
        Stream.of(old.getBytes(StandardCharsets.UTF_8))
            .<Operation>map(value -> new Operation.Put(ChannelArchive.key(SEARCHER), value))
            .toList());

    assertThat(manager().require(SEARCHER).channel()).isEqualTo(rejected);
  }
}
