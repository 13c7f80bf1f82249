package io.hydra.manager.channel;

import io.hydra.model.ChannelId;
import io.hydra.model.Digest;
import io.hydra.model.Manifest;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * The channels that this manager serves: read from memory, changed by compare-and-set in the store.
 */
public interface Channels {
  /** A channel and the revision of its entry in the store. */
  record Versioned(Channel channel, long revision) {}

  /** From memory; what this manager itself has committed is always in it. */
  Optional<Versioned> find(ChannelId id);

  /**
   * @throws io.hydra.error.HydraException {@code UNKNOWN_CHANNEL} or {@code UNKNOWN_ENVIRONMENT}
   */
  Versioned require(ChannelId id);

  /**
   * Whether pods of the namespace may consume the channel. One that does not exist yet may be
   * consumed by those of its own namespace.
   */
  default boolean admits(ChannelId id, String namespace) {
    return find(id)
        .map(known -> known.channel().admits(namespace))
        .orElseGet(() -> id.namespace().equals(namespace));
  }

  /** All of them, in no order; also those that come and go meanwhile. */
  Collection<Versioned> all();

  /**
   * Applies the change to the newest state until it could be stored; a change that gives an equal
   * channel stores nothing.
   *
   * @throws io.hydra.error.HydraException {@code UNKNOWN_CHANNEL}, or what the change throws
   */
  Versioned update(ChannelId id, UnaryOperator<Channel> change);

  /** The same with manifests that must be durable before the channel refers to them. */
  Versioned update(ChannelId id, Collection<Manifest> manifests, UnaryOperator<Channel> change);

  Versioned create(Channel channel);

  void delete(ChannelId id, long revision);

  /**
   * @throws io.hydra.error.HydraException {@code UNKNOWN_MANIFEST}
   */
  Manifest manifest(Digest digest);

  /**
   * Removes the manifests that no release has referred to and the releases that no channel has
   * named for an hour of calls. Reads all channels, so it is called now and then.
   */
  void sweep(Instant now);

  /**
   * Has memory hold all that was committed before, whoever has committed it, where the state can be
   * reached. Otherwise memory stays as it is.
   *
   * @return whether it does; if not, what is read may be older, but not older than what this
   *     manager was asked for before
   */
  default boolean catchUp() {
    return true;
  }

  /** Calls back with each channel that was created, changed or deleted, until the lead ends. */
  void onChange(Consumer<ChannelId> listener);
}
