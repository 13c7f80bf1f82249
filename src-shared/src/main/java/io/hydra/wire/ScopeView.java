package io.hydra.wire;

import io.hydra.model.ReleaseRef;
import io.hydra.model.ScopeName;
import java.util.Optional;

/**
 * What consumers in one scope of a channel should be on.
 *
 * @param pin of the scope itself; overrides the channel's, which overrides the scope's head
 * @param target the scope's pin, else the channel's, else the scope's head
 * @param staged what is to be the scope's head next, once it is promoted there
 */
public record ScopeView(
    ScopeName name,
    Optional<ReleaseRef> head,
    Optional<ReleaseRef> pin,
    Optional<ReleaseRef> target,
    Optional<ReleaseRef> staged) {}
