package io.hydra.wire;

import io.hydra.model.ChannelId;
import io.hydra.model.ChannelSettings;
import io.hydra.model.ReleaseRef;
import java.util.Optional;

/**
 * A channel as people see it.
 *
 * @param settings complete, defaults filled in
 * @param head the release that consumers should be on
 * @param pin overrides the head while set
 * @param target what the rollout aims at: the pin, else the head
 * @param staged what is to be the head next, once it is promoted
 * @param revision changes with each change of the channel; its ETag
 */
public record ChannelView(
    ChannelId id,
    ChannelSettings settings,
    Optional<ReleaseRef> head,
    Optional<ReleaseRef> pin,
    Optional<ReleaseRef> target,
    Optional<ReleaseRef> staged,
    long revision) {}
