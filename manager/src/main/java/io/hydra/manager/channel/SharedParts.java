package io.hydra.manager.channel;

import io.hydra.manager.intern.Interner;
import io.hydra.model.ChannelId;
import io.hydra.model.ChannelSettings;
import io.hydra.model.Release;
import java.util.List;

/**
 * Has what is kept of thousands of channels share what is equal: most have the settings of others,
 * and each of a channel's releases names it.
 */
final class SharedParts {
  private final Interner<ChannelSettings> settings = new Interner<>();

  /**
   * An equal channel.
   *
   * @param id the object that it and its releases are named by
   */
  Channel in(Channel channel, ChannelId id) {
    return new Channel(
        id,
        settings.one(channel.settings()),
        channel.heads(),
        channel.lastSequence(),
        naming(id, channel.releases()),
        channel.idempotency(),
        channel.history());
  }

  @SuppressWarnings("ReferenceEquality") // whether it shares the object is the question
  private static List<Release> naming(ChannelId id, List<Release> releases) {
    return releases.stream()
        .map(release -> release.channel() == id ? release : naming(id, release))
        .toList();
  }

  private static Release naming(ChannelId id, Release release) {
    return new Release(
        id, release.sequence(), release.version(), release.publishedAt(), release.datasets());
  }
}
