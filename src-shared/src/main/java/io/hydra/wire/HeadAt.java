package io.hydra.wire;

import io.hydra.model.ReleaseRef;
import java.time.Instant;
import java.util.Optional;

/**
 * What consumers of a channel should have been on at a time.
 *
 * @param at the time that was asked for
 * @param target the pin, else the head; empty where there was no release to be on
 * @param since the change that made it so
 */
public record HeadAt(Instant at, Optional<ReleaseRef> target, HeadChange since) {}
