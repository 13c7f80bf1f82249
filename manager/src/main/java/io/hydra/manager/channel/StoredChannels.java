package io.hydra.manager.channel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.manager.config.ManagerConfig;
import io.hydra.manager.store.ChannelStore;
import io.hydra.manager.store.ChannelStore.Operation;
import io.hydra.manager.store.ChannelStore.Outcome;
import io.hydra.model.ChannelId;
import io.hydra.model.Digest;
import io.hydra.model.Manifest;
import io.hydra.model.Release;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Channels in a {@link ChannelStore}, with all of them in memory for reading. */
@ApplicationScoped
public class StoredChannels implements Channels {
  private static final String PREFIX = "channels/";
  private static final int MAX_ATTEMPTS = 50;

  private final ChannelStore store;
  private final Set<String> environments;
  private final ObjectMapper mapper;
  private final Compression compression;
  private final ManifestArchive manifests;
  private final Map<ChannelId, Versioned> memory = new ConcurrentSkipListMap<>();
  private final List<Consumer<ChannelId>> listeners = new CopyOnWriteArrayList<>();
  private final ChannelStore.Watch watch;

  public StoredChannels(ChannelStore store, ManagerConfig config, ObjectMapper mapper) {
    this.store = store;
    this.environments = Set.copyOf(config.environments());
    this.mapper = mapper;
    this.compression = new Compression(mapper);
    this.manifests = new ManifestArchive(store, compression);
    this.watch = store.watch(PREFIX, this::refresh);
    refresh(store.keys(PREFIX));
  }

  @PreDestroy
  void stop() {
    watch.close();
  }

  @Override
  public Optional<Versioned> find(ChannelId id) {
    return Optional.ofNullable(memory.get(id));
  }

  @Override
  public Versioned require(ChannelId id) {
    requireServed(id);
    return find(id).orElseThrow(() -> unknown(id));
  }

  @Override
  public Collection<Versioned> all() {
    return List.copyOf(memory.values());
  }

  @Override
  public Versioned update(ChannelId id, UnaryOperator<Channel> change) {
    return update(id, List.of(), change);
  }

  @Override
  public Versioned update(
      ChannelId id, Collection<Manifest> needed, UnaryOperator<Channel> change) {
    requireServed(id);
    needed.forEach(manifests::keep);
    for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      var before = load(id).orElseThrow(() -> unknown(id));
      var after = change.apply(before.channel());
      if (after.equals(before.channel())) {
        return before;
      }
      var stored = store(before.channel(), after, before.revision());
      if (stored.isPresent()) {
        return stored.get();
      }
    }
    throw new HydraException(
        ErrorCode.CONFLICT, "channel %s changes too often; try again".formatted(id));
  }

  @Override
  public Versioned create(Channel channel) {
    requireServed(channel.id());
    var nothing = Channel.create(channel.id(), channel.settings());
    return store(nothing, channel, 0)
        .orElseThrow(
            () ->
                new HydraException(
                    ErrorCode.CONFLICT, "channel %s exists already".formatted(channel.id())));
  }

  @Override
  public void delete(ChannelId id, long revision) {
    requireServed(id);
    var outcome = store.commit(List.of(new Operation.DeleteIf(key(id), revision)));
    if (outcome instanceof Outcome.Conflict) {
      throw new HydraException(
          ErrorCode.CONFLICT, "channel %s was changed meanwhile".formatted(id));
    }
    store.list(releasePrefix(id)).forEach(this::remove);
    memory.remove(id);
    tell(id);
  }

  @Override
  public Manifest manifest(Digest digest) {
    return manifests.read(digest);
  }

  @Override
  public void sweepManifests(List<Digest> unused) {
    unused.forEach(manifests::remove);
  }

  @Override
  public void onChange(Consumer<ChannelId> listener) {
    listeners.add(listener);
  }

  private Optional<Versioned> store(Channel before, Channel after, long expected) {
    var operations = new ArrayList<Operation>();
    operations.add(new Operation.PutIf(key(after.id()), json(ChannelDocument.of(after)), expected));
    after.releases().stream()
        .filter(release -> !before.releases().contains(release))
        .forEach(r -> operations.add(new Operation.Put(releaseKey(r), compression.compress(r))));
    if (!(store.commit(operations) instanceof Outcome.Committed(long revision))) {
      return Optional.empty();
    }
    before.releases().stream()
        .filter(release -> after.release(release.sequence()).isEmpty())
        .forEach(gone -> store.get(releaseKey(gone)).ifPresent(this::remove));
    var stored = new Versioned(after, revision);
    remember(stored);
    return Optional.of(stored);
  }

  private void remove(ChannelStore.Entry entry) {
    store.commit(List.of(new Operation.DeleteIf(entry.key(), entry.revision())));
  }

  /** Takes over what others have written; what this manager wrote is in memory already. */
  private void refresh(Collection<String> keys) {
    for (var key : keys) {
      var id = ChannelId.parse(key.substring(PREFIX.length()));
      var stored = load(id);
      if (stored.isPresent()) {
        remember(stored.get());
      } else if (memory.remove(id) != null) {
        tell(id);
      }
    }
  }

  private void remember(Versioned versioned) {
    if (replaceOlder(versioned)) {
      tell(versioned.channel().id());
    }
  }

  private synchronized boolean replaceOlder(Versioned versioned) {
    var id = versioned.channel().id();
    var before = memory.get(id);
    if (before != null && before.revision() >= versioned.revision()) {
      return false;
    }
    memory.put(id, versioned);
    return true;
  }

  private Optional<Versioned> load(ChannelId id) {
    var entry = store.get(key(id));
    if (entry.isEmpty()) {
      return Optional.empty();
    }
    var document = read(entry.get());
    var releases = document.releases().stream().map(sequence -> release(id, sequence)).toList();
    return Optional.of(new Versioned(document.with(releases), entry.get().revision()));
  }

  private Release release(ChannelId id, long sequence) {
    var known = find(id).flatMap(v -> v.channel().release(sequence));
    if (known.isPresent()) {
      return known.get();
    }
    var entry =
        store
            .get(releaseKey(id, sequence))
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "release %d of %s is missing".formatted(sequence, id)));
    return compression.expand(entry.value(), Release.class);
  }

  private ChannelDocument read(ChannelStore.Entry entry) {
    try {
      return mapper.readValue(entry.value(), ChannelDocument.class);
    } catch (IOException e) {
      throw new UncheckedIOException("the store holds a damaged entry " + entry.key(), e);
    }
  }

  private byte[] json(ChannelDocument document) {
    try {
      return mapper.writeValueAsBytes(document);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void tell(ChannelId id) {
    listeners.forEach(listener -> listener.accept(id));
  }

  private void requireServed(ChannelId id) {
    if (!environments.contains(id.env())) {
      throw new HydraException(
          ErrorCode.UNKNOWN_ENVIRONMENT,
          "this manager serves the environments %s, not %s"
              .formatted(String.join(", ", environments), id.env()),
          Map.of("env", id.env()));
    }
  }

  private static HydraException unknown(ChannelId id) {
    return new HydraException(
        ErrorCode.UNKNOWN_CHANNEL, "there is no channel " + id, Map.of("channel", id.toString()));
  }

  private static String key(ChannelId id) {
    return PREFIX + id;
  }

  private static String releasePrefix(ChannelId id) {
    return "releases/" + id + "/";
  }

  private static String releaseKey(Release release) {
    return releaseKey(release.channel(), release.sequence());
  }

  private static String releaseKey(ChannelId id, long sequence) {
    return releasePrefix(id) + "%012d".formatted(sequence);
  }
}
