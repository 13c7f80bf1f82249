package io.hydra.manager.channel;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.manager.channel.ChannelDocument.Line;
import io.hydra.manager.channel.Channels.Versioned;
import io.hydra.manager.store.ChannelStore;
import io.hydra.manager.store.ChannelStore.Entry;
import io.hydra.manager.store.ChannelStore.Operation;
import io.hydra.manager.store.ChannelStore.Outcome;
import io.hydra.model.ChannelId;
import io.hydra.model.Release;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Channels in the store: a document under {@code channels/ID}, which is what is compared and set,
 * and each release under {@code releases/ID/SEQUENCE}, written with the document that first names
 * it.
 */
final class ChannelArchive {
  /** Where the documents lie; the rest of a key is the channel's id. */
  static final String DOCUMENTS = "channels/";

  private static final String RELEASES = "releases/";

  /** A release of 1,000 datasets takes about a fifth of it. */
  private static final int MAX_RELEASE_BYTES = 256 * 1024;

  private final ChannelStore store;
  private final Compression compression;

  ChannelArchive(ChannelStore store, Compression compression) {
    this.store = store;
    this.compression = compression;
  }

  static String key(ChannelId id) {
    return DOCUMENTS + id;
  }

  /** The channel whose document lies under the key. */
  static ChannelId id(String key) {
    return ChannelId.parse(key.substring(DOCUMENTS.length()));
  }

  /** Of all channels, whatever their environment. */
  List<ChannelId> ids() {
    return store.keys(DOCUMENTS).stream().map(ChannelArchive::id).toList();
  }

  /** The revision of the channel's document; empty where there is none. */
  Optional<Long> revision(ChannelId id) {
    return store.get(key(id)).map(Entry::revision);
  }

  /**
   * Those of the channels that are there, in few calls to the store.
   *
   * @param ids not too many: all that is stored of these channels is in memory for a moment
   * @param known as they were read before; what is the same in the store is given as it is here
   */
  Map<ChannelId, Versioned> load(
      Collection<ChannelId> ids, Function<ChannelId, Optional<Versioned>> known) {
    var loaded = new HashMap<ChannelId, Versioned>();
    var news = new ArrayList<Entry>();
    for (var entry : store.get(ids.stream().map(ChannelArchive::key).toList()).values()) {
      var id = id(entry.key());
      known
          .apply(id)
          .filter(before -> isStored(before, entry))
          .ifPresentOrElse(before -> loaded.put(id, before), () -> news.add(entry));
    }
    loaded.putAll(whole(news, id -> known.apply(id).map(Versioned::channel)));
    return loaded;
  }

  /** In a store that was restored, revisions may begin again: equal ones alone say nothing. */
  private boolean isStored(Versioned known, Entry entry) {
    return known.revision() == entry.revision()
        && ChannelDocument.of(known.channel()).equals(read(entry));
  }

  /** The channels of these documents. */
  private Map<ChannelId, Versioned> whole(
      List<Entry> entries, Function<ChannelId, Optional<Channel>> known) {
    var documents = entries.stream().collect(Collectors.toMap(this::read, Entry::revision));
    var stored =
        store.get(
            documents.keySet().stream()
                .flatMap(document -> unknown(document, known.apply(document.id())))
                .toList());
    var channels = new HashMap<ChannelId, Versioned>();
    documents.forEach(
        (document, revision) -> {
          var id = document.id();
          whole(document, revision, known.apply(id), stored)
              .or(() -> load(id, known.apply(id)))
              .ifPresent(channel -> channels.put(id, channel));
        });
    return channels;
  }

  /** Empty where some of its releases are neither known nor stored. */
  private Optional<Versioned> whole(
      ChannelDocument document, long revision, Optional<Channel> known, Map<String, Entry> stored) {
    var releases = releases(document, known, stored);
    return releases.size() == document.releases().size()
        ? Optional.of(new Versioned(document.with(releases), revision))
        : Optional.empty();
  }

  /**
   * @param known from where releases that were read before are taken
   */
  Optional<Versioned> load(ChannelId id, Optional<Channel> known) {
    while (true) {
      var entry = store.get(key(id));
      if (entry.isEmpty()) {
        return Optional.empty();
      }
      var document = read(entry.get());
      var stored = store.get(unknown(document, known).toList());
      var whole = whole(document, entry.get().revision(), known, stored);
      if (whole.isPresent()) {
        return whole;
      }
      // Retention removes releases after the document that no longer names them; then there is a
      // newer one.
      if (revision(id).equals(Optional.of(entry.get().revision()))) {
        throw new HydraException(
            ErrorCode.STORAGE_FAILED, "the store has lost releases of channel %s".formatted(id));
      }
    }
  }

  /** Empty when the document was not at the expected revision; 0 for "there is none". */
  Optional<Versioned> replace(Channel before, Channel after, long expected) {
    var operations = new ArrayList<Operation>();
    operations.add(
        new Operation.PutIf(
            key(after.id()), compression.write(ChannelDocument.of(after)), expected));
    after.releases().stream()
        .filter(release -> !before.releases().contains(release))
        .forEach(r -> operations.add(new Operation.Put(releaseKey(r), bytes(r))));
    if (!(store.commit(operations) instanceof Outcome.Committed(long revision))) {
      return Optional.empty();
    }
    before.releases().stream()
        .filter(release -> after.release(release.sequence()).isEmpty())
        .flatMap(gone -> store.get(releaseKey(gone)).stream())
        .forEach(this::remove);
    return Optional.of(new Versioned(after, revision));
  }

  /** Writes a release of a channel that is not there; of no effect where it is. */
  void restore(Release release) {
    store.commit(
        List.of(
            new Operation.Check(key(release.channel()), 0),
            new Operation.Put(releaseKey(release), bytes(release))));
  }

  /** Writes a channel whose releases are there. False where it is there itself. */
  boolean restore(ChannelDocument document) {
    var absent = new Operation.PutIf(key(document.id()), compression.write(document), 0);
    return store.commit(List.of(absent)) instanceof Outcome.Committed;
  }

  /**
   * @throws HydraException {@code UNKNOWN_RELEASE} where one of its releases is not there
   */
  Channel complete(ChannelDocument document) {
    var stored = store.get(unknown(document, Optional.empty()).toList());
    var releases = releases(document, Optional.empty(), stored);
    if (releases.size() < document.releases().size()) {
      throw new HydraException(
          ErrorCode.UNKNOWN_RELEASE,
          "channel %s refers to %d releases, of which %d are there"
              .formatted(document.id(), document.releases().size(), releases.size()),
          Map.of("channel", document.id().toString()));
    }
    return document.with(releases);
  }

  /** False when the channel was not at this revision any more. */
  boolean delete(ChannelId id, long revision) {
    // Listed first: a channel of the same name that is made meanwhile writes them anew, and keeps
    // them.
    var releases = store.list(releasePrefix(id));
    var outcome = store.commit(List.of(new Operation.DeleteIf(key(id), revision)));
    if (outcome instanceof Outcome.Conflict) {
      return false;
    }
    releases.forEach(this::remove);
    return true;
  }

  private void remove(Entry entry) {
    store.commit(List.of(new Operation.DeleteIf(entry.key(), entry.revision())));
  }

  /** Keys of the releases that are not known. */
  private static Stream<String> unknown(ChannelDocument document, Optional<Channel> known) {
    return document.releases().stream()
        .filter(line -> release(line, known).isEmpty())
        .map(line -> releaseKey(document.id(), line.sequence()));
  }

  private static Optional<Release> release(Line line, Optional<Channel> known) {
    return known.flatMap(channel -> channel.release(line.sequence())).filter(line::names);
  }

  private List<Release> releases(
      ChannelDocument document, Optional<Channel> known, Map<String, Entry> stored) {
    return document.releases().stream()
        .flatMap(
            line ->
                release(line, known)
                    .or(() -> release(line, stored.get(releaseKey(document.id(), line.sequence()))))
                    .stream())
        .toList();
  }

  private Optional<Release> release(Line line, @Nullable Entry stored) {
    return Optional.ofNullable(stored)
        .map(entry -> compression.expand(entry.value(), Release.class))
        .filter(line::names);
  }

  private byte[] bytes(Release release) {
    var bytes = compression.compress(release);
    if (bytes.length > MAX_RELEASE_BYTES) {
      throw new HydraException(
          ErrorCode.INVALID_TEMPLATE,
          "the release's %d datasets take %d bytes to describe, over the limit of %d; use shorter source paths or several channels"
              .formatted(release.datasets().size(), bytes.length, MAX_RELEASE_BYTES),
          Map.of("channel", release.channel().toString()));
    }
    return bytes;
  }

  private ChannelDocument read(Entry entry) {
    try {
      return compression.read(entry.value(), ChannelDocument.class);
    } catch (UncheckedIOException e) {
      throw new HydraException(
          ErrorCode.STORAGE_FAILED, "the store's entry %s is damaged".formatted(entry.key()), e);
    }
  }

  /** Of all channels, in the order of their keys. */
  Stream<ReleaseKey> releases() {
    return store.keys(RELEASES).stream().map(ReleaseKey::parse);
  }

  /** Of the releases that the channel's document names; none where there is no such channel. */
  Set<Long> sequences(ChannelId id) {
    return store.get(key(id)).map(this::read).stream()
        .flatMap(document -> document.releases().stream())
        .map(Line::sequence)
        .collect(Collectors.toSet());
  }

  /** 0 where it is not there. */
  long revision(ReleaseKey key) {
    return store.get(key.text()).map(Entry::revision).orElse(0L);
  }

  /** Of no effect where it was written since it had this revision. */
  void remove(ReleaseKey key, long revision) {
    store.commit(List.of(new Operation.DeleteIf(key.text(), revision)));
  }

  /** Where a release lies. */
  record ReleaseKey(ChannelId channel, long sequence) {
    private static ReleaseKey parse(String key) {
      int end = key.lastIndexOf('/');
      return new ReleaseKey(
          ChannelId.parse(key.substring(RELEASES.length(), end)),
          Long.parseLong(key.substring(end + 1)));
    }

    private String text() {
      return releaseKey(channel, sequence);
    }
  }

  private static String releasePrefix(ChannelId id) {
    return RELEASES + id + "/";
  }

  private static String releaseKey(Release release) {
    return releaseKey(release.channel(), release.sequence());
  }

  private static String releaseKey(ChannelId id, long sequence) {
    return releasePrefix(id) + "%012d".formatted(sequence);
  }
}
