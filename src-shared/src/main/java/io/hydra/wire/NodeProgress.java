package io.hydra.wire;

import io.hydra.model.NodeName;
import io.hydra.model.ScopeName;
import java.util.Optional;

/**
 * How much of the target a node has.
 *
 * @param ready whether all of it is verified and placed
 * @param readyBytes of the target's data on disk
 * @param totalBytes of the target's data
 * @param fault why it goes no further at present
 * @param scope of the channel that has the node
 */
public record NodeProgress(
    NodeName node,
    Connection connection,
    boolean ready,
    long readyBytes,
    long totalBytes,
    Optional<Fault> fault,
    Optional<ScopeName> scope) {}
