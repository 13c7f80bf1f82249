package io.hydra.wire;

import io.hydra.model.ChannelId;
import io.hydra.model.InstanceId;
import io.hydra.model.NodeName;
import io.hydra.model.ReleaseRef;
import io.hydra.model.ScopeName;
import java.time.Instant;
import java.util.Optional;

/**
 * A change that watchers are told of.
 *
 * @param id where to go on from, as {@code Last-Event-ID}; of no other meaning
 * @param at when it was made, or else noticed
 * @param channel that has changed; empty for {@link EventType#RESET}
 * @param scope of the channel that has changed; empty for the channel as a whole
 * @param release that it is about
 * @param before what held, or was served, until then
 * @param instance that it is about
 * @param node that the instance is on
 * @param by who made it, where that is known; {@code hydra} where no person decided
 * @param message one sentence
 */
public record ChannelEvent(
    String id,
    Instant at,
    EventType type,
    Optional<ChannelId> channel,
    Optional<ScopeName> scope,
    Optional<ReleaseRef> release,
    Optional<ReleaseRef> before,
    Optional<InstanceId> instance,
    Optional<NodeName> node,
    Optional<String> by,
    String message) {}
