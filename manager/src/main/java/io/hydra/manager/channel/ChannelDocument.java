package io.hydra.manager.channel;

import io.hydra.model.ChannelId;
import io.hydra.model.ChannelSettings;
import io.hydra.model.Release;
import io.hydra.wire.Rejection;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A channel as it is stored: its releases, which never change, lie under keys of their own and are
 * named here.
 */
@RegisterForReflection(
    targets = {ChannelDocument.class, Channel.PublishKey.class, Release.class, Rejection.class})
record ChannelDocument(
    ChannelId id,
    ChannelSettings settings,
    Optional<Long> head,
    Optional<Long> pin,
    long lastSequence,
    List<Long> releases,
    Map<Long, Rejection> rejected,
    List<Channel.PublishKey> idempotency) {

  static ChannelDocument of(Channel channel) {
    return new ChannelDocument(
        channel.id(),
        channel.settings(),
        channel.head(),
        channel.pin(),
        channel.lastSequence(),
        channel.releases().stream().map(Release::sequence).toList(),
        channel.rejected(),
        channel.idempotency());
  }

  Channel with(List<Release> whole) {
    return new Channel(id, settings, head, pin, lastSequence, whole, rejected, idempotency);
  }
}
