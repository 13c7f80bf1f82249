package io.hydra.wire;

import io.hydra.model.Digest;

/**
 * Content of a channel, which takes of the channel's budget where it is there.
 *
 * @param bytes sum of its files' sizes
 * @param wanted whether the channel wants the node to have it; otherwise it is only kept, or goes
 * @param ram whether the channel has it in RAM, too
 */
public record ClaimedContent(Digest digest, long bytes, boolean wanted, boolean ram) {}
