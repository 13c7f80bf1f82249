package io.hydra.manager.reconcile;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.manager.channel.Channel;
import io.hydra.manager.channel.Channels;
import io.hydra.model.ChannelId;
import io.hydra.model.Digest;
import io.hydra.model.Manifest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Channels in memory; the environment {@code prod} is served. */
public final class FakeChannels implements Channels {
  private final TreeMap<ChannelId, Versioned> channels = new TreeMap<>();
  private final List<Consumer<ChannelId>> listeners = new ArrayList<>();
  private final List<Instant> sweeps = new ArrayList<>();
  private long revision;

  /** When manifests were swept. */
  List<Instant> sweeps() {
    return sweeps;
  }

  /** As a restart does: nobody listens any more. */
  void forgetListeners() {
    listeners.clear();
  }

  @Override
  public Optional<Versioned> find(ChannelId id) {
    return Optional.ofNullable(channels.get(id));
  }

  @Override
  public Versioned require(ChannelId id) {
    if (!id.env().equals("prod")) {
      throw new HydraException(ErrorCode.UNKNOWN_ENVIRONMENT, "only prod is served");
    }
    return find(id)
        .orElseThrow(() -> new HydraException(ErrorCode.UNKNOWN_CHANNEL, "no channel " + id));
  }

  @Override
  public Collection<Versioned> all() {
    return List.copyOf(channels.values());
  }

  @Override
  public Versioned update(ChannelId id, UnaryOperator<Channel> change) {
    var before = require(id);
    var after = change.apply(before.channel());
    return after.equals(before.channel()) ? before : put(after);
  }

  @Override
  public Versioned update(
      ChannelId id, Collection<Manifest> manifests, UnaryOperator<Channel> change) {
    return update(id, change);
  }

  @Override
  public Versioned create(Channel channel) {
    return put(channel);
  }

  @Override
  public void delete(ChannelId id, long ifRevision) {
    channels.remove(id);
    listeners.forEach(listener -> listener.accept(id));
  }

  @Override
  public Manifest manifest(Digest digest) {
    throw new HydraException(ErrorCode.UNKNOWN_MANIFEST, "none here");
  }

  @Override
  public void sweep(Instant now) {
    sweeps.add(now);
  }

  @Override
  public void onChange(Consumer<ChannelId> listener) {
    listeners.add(listener);
  }

  private Versioned put(Channel channel) {
    var versioned = new Versioned(channel, ++revision);
    channels.put(channel.id(), versioned);
    listeners.forEach(listener -> listener.accept(channel.id()));
    return versioned;
  }
}
