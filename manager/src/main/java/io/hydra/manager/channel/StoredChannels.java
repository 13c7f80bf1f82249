package io.hydra.manager.channel;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.manager.config.ManagerConfig;
import io.hydra.manager.lead.LeadEnded;
import io.hydra.manager.lead.LeadWanted;
import io.hydra.manager.store.ChannelStore;
import io.hydra.model.ChannelId;
import io.hydra.model.Digest;
import io.hydra.model.Manifest;
import io.hydra.model.ReleaseDataset;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Channels in a {@link ChannelStore}, with all of them in memory for reading. */
@ApplicationScoped
public class StoredChannels implements Channels {
  private static final int MAX_ATTEMPTS = 50;

  /** Read together, and under a lock that others wait for. */
  private static final int CHANNELS_AT_ONCE = 64;

  private static final Logger LOG = Logger.getLogger(StoredChannels.class);

  private final ChannelStore store;
  private final Set<String> environments;
  private final ChannelArchive archive;
  private final ManifestArchive manifests;
  private final ManifestSweep unused;
  private final ReleaseSweep releases;
  private final Turns turns = new Turns();
  private final Map<ChannelId, Versioned> memory = new ConcurrentHashMap<>();
  private final SharedParts parts = new SharedParts();
  private final List<Consumer<ChannelId>> listeners = new CopyOnWriteArrayList<>();
  private final ChannelStore.Watch watch;

  public StoredChannels(ChannelStore store, ManagerConfig config, ObjectMapper mapper) {
    var compression = new Compression(mapper);
    this.store = store;
    this.environments = Set.copyOf(config.environments());
    this.archive = new ChannelArchive(store, compression);
    this.manifests = new ManifestArchive(store, compression);
    this.unused = new ManifestSweep(manifests);
    this.releases = new ReleaseSweep(archive);
    // Watched first: a change between the two is told, not missed.
    this.watch = store.watch(ChannelArchive.DOCUMENTS, this::refresh);
    refreshAll(archive.ids());
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
    return Collections.unmodifiableCollection(memory.values());
  }

  @Override
  public Versioned update(ChannelId id, UnaryOperator<Channel> change) {
    requireServed(id);
    var updated = turns.inTurn(id, () -> compareAndSet(id, change));
    if (remember(updated)) {
      tell(id);
    }
    return updated;
  }

  @Override
  public Versioned update(
      ChannelId id, Collection<Manifest> needed, UnaryOperator<Channel> change) {
    requireServed(id);
    try (var _ = manifests.keep(needed, digest -> refersTo(id, digest))) {
      return update(id, change);
    }
  }

  @Override
  public Versioned create(Channel channel) {
    var id = channel.id();
    requireServed(id);
    var created =
        archive
            .replace(Channel.create(id, channel.settings()), channel, 0)
            .orElseThrow(
                () ->
                    new HydraException(
                        ErrorCode.CONFLICT,
                        "channel %s exists already".formatted(id),
                        Map.of("channel", id.toString())));
    if (remember(created)) {
      tell(id);
    }
    return created;
  }

  @Override
  public void delete(ChannelId id, long revision) {
    requireServed(id);
    if (!archive.delete(id, revision)) {
      throw new HydraException(
          ErrorCode.CONFLICT,
          "channel %s was changed meanwhile".formatted(id),
          Map.of("channel", id.toString()));
    }
    refreshAll(List.of(id));
  }

  @Override
  public Manifest manifest(Digest digest) {
    return manifests.read(digest);
  }

  @Override
  public void sweep(Instant now) {
    releases.sweep(now, id -> find(id).map(Versioned::channel));
    unused.sweep(now, this::referredTo, this::isInUse);
  }

  /** By any channel in the store, also of environments that are served no more. */
  private Set<Digest> referredTo() {
    return archive.ids().stream()
        .gather(Gatherers.windowFixed(CHANNELS_AT_ONCE))
        .flatMap(some -> archive.load(some, this::find).values().stream())
        .flatMap(versioned -> digests(versioned.channel()))
        .collect(Collectors.toSet());
  }

  /** Asked at each publish, so it looks at one channel only. */
  private boolean refersTo(ChannelId id, Digest digest) {
    return find(id).stream().flatMap(v -> digests(v.channel())).anyMatch(digest::equals);
  }

  /** Has read all channels by then. */
  void begin(@Observes LeadWanted event) {
    LOG.infof("knows channels=%d", memory.size());
  }

  /** Those who listen are of a lead. */
  void end(@Observes LeadEnded event) {
    listeners.clear();
  }

  @Override
  public boolean catchUp() {
    if (!store.isConnected()) {
      return false;
    }
    try {
      store.catchUp();
      return true;
    } catch (HydraException e) {
      LOG.debugf("answers from memory: %s", e.detail());
      return false;
    }
  }

  private boolean isInUse(Digest digest) {
    return memory.values().stream().flatMap(v -> digests(v.channel())).anyMatch(digest::equals);
  }

  @Override
  public void onChange(Consumer<ChannelId> listener) {
    listeners.add(listener);
  }

  private Versioned compareAndSet(ChannelId id, UnaryOperator<Channel> change) {
    for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      var before =
          archive.load(id, find(id).map(Versioned::channel)).orElseThrow(() -> unknown(id));
      var after = change.apply(before.channel());
      if (after.equals(before.channel())) {
        return before;
      }
      var stored = archive.replace(before.channel(), after, before.revision());
      if (stored.isPresent()) {
        return stored.get();
      }
    }
    throw new HydraException(
        ErrorCode.CONFLICT,
        "channel %s changes too often; try again".formatted(id),
        Map.of("channel", id.toString()));
  }

  /** Takes over what others have written, and learns the same of what was written here. */
  private void refresh(Collection<String> keys) {
    refreshAll(keys.stream().map(ChannelArchive::id).toList());
  }

  /** After an outage, say, they are many. */
  private void refreshAll(Collection<ChannelId> ids) {
    ids.stream()
        .filter(id -> environments.contains(id.env()))
        .gather(Gatherers.windowFixed(CHANNELS_AT_ONCE))
        .forEach(some -> takeOver(some).forEach(this::tell));
  }

  /** Those of them that have changed. */
  private synchronized List<ChannelId> takeOver(List<ChannelId> ids) {
    var stored = archive.load(ids, this::find);
    return ids.stream().filter(id -> takeOver(id, Optional.ofNullable(stored.get(id)))).toList();
  }

  /** What was read under the lock is the newest: nobody who knows of a later one could say so. */
  private boolean takeOver(ChannelId id, Optional<Versioned> stored) {
    if (stored.isEmpty()) {
      return memory.remove(id) != null;
    }
    return !stored.get().equals(put(stored.get()));
  }

  /** Whether it was news. */
  private synchronized boolean remember(Versioned versioned) {
    var id = versioned.channel().id();
    var known = memory.get(id);
    if (versioned.equals(known)) {
      return false;
    }
    if (known == null || known.revision() >= versioned.revision()) {
      // It was deleted or changed since, or is in a store that was restored, whose revisions have
      // begun again: the store knows.
      return !takeOver(List.of(id)).isEmpty();
    }
    put(versioned);
    return true;
  }

  private @Nullable Versioned put(Versioned versioned) {
    var given = versioned.channel().id();
    var id = find(given).map(known -> known.channel().id()).orElse(given);
    var shared = parts.in(versioned.channel(), id);
    return memory.put(id, new Versioned(shared, versioned.revision()));
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

  private static Stream<Digest> digests(Channel channel) {
    return channel.releases().stream()
        .flatMap(release -> release.datasets().stream())
        .map(ReleaseDataset::digest);
  }

  private static HydraException unknown(ChannelId id) {
    return new HydraException(
        ErrorCode.UNKNOWN_CHANNEL, "there is no channel " + id, Map.of("channel", id.toString()));
  }
}
