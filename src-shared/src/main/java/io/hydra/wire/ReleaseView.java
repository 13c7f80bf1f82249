package io.hydra.wire;

import io.hydra.model.Release;
import java.util.Optional;

/**
 * A release as people see it.
 *
 * @param head whether it is the channel's head
 * @param pinned whether the channel is pinned to it
 * @param staged whether it may still become the head by being promoted
 * @param rejected why it is never chosen by itself; empty when it may be
 */
public record ReleaseView(
    Release release, boolean head, boolean pinned, boolean staged, Optional<Rejection> rejected) {}
