package io.hydra.wire;

import io.hydra.model.Digest;

/**
 * A dataset's content that a node shall have.
 *
 * @param source where to fetch it from: a prefix ending in '/', or one file
 * @param bytes sum of its files' sizes
 * @param files how many
 * @param ram whether a RAM copy is wanted beside the disk copy
 * @param priority smaller is fetched first
 */
public record DesiredDataset(
    Digest digest, String source, long bytes, int files, boolean ram, int priority) {}
