package io.hydra.wire;

import io.hydra.model.ReleaseRef;
import io.hydra.model.ScopeName;
import java.time.Instant;
import java.util.Optional;

/**
 * One change of what consumers of a channel should be on: the pin, else the head.
 *
 * @param at when; never before the change before it, whatever clocks said
 * @param by who; {@code hydra} where no person decided
 * @param head that holds from then on
 * @param pin that holds from then on
 * @param scope that it is of; empty for the channel itself
 */
public record HeadChange(
    Instant at,
    String by,
    Cause cause,
    Optional<ReleaseRef> head,
    Optional<ReleaseRef> pin,
    Optional<ScopeName> scope) {
  /** What was done. */
  public enum Cause {
    CREATED,
    PUBLISHED,
    PROMOTED,
    REJECTED,
    ROLLED_BACK,
    PINNED,
    UNPINNED,
    /** Head and pin are the channel's: its nodes follow those from then on. */
    SCOPE_REMOVED
  }
}
