package io.hydra.wire;

import io.hydra.model.Digest;
import java.util.Optional;

/**
 * What a node knows of one dataset's content. A node reports everything it has or was told to get.
 *
 * @param disk how far the disk copy is
 * @param ram how far the RAM copy is
 * @param fetchedBytes of the disk copy, so far
 * @param totalBytes of the disk copy, when complete; 0 when not yet known
 * @param downloadedBytes what was really moved over the network for this content since the agent
 *     started
 * @param fault why it goes no further at present
 */
public record DatasetReport(
    Digest digest,
    CopyState disk,
    CopyState ram,
    long fetchedBytes,
    long totalBytes,
    long downloadedBytes,
    Optional<Fault> fault) {}
