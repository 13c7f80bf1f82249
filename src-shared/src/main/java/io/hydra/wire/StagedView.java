package io.hydra.wire;

import io.hydra.model.Promotion;
import io.hydra.model.ReleaseRef;
import java.util.Optional;

/**
 * A release that is not the head yet, as people see it.
 *
 * @param promotion what makes it the head
 * @param nodes that shall hold it
 * @param verified how many of them have all of it on disk, proven, and room for its RAM copies
 * @param needed how many must have; empty where nodes do not decide
 * @param reason one sentence: what it waits for
 */
public record StagedView(
    ReleaseRef release,
    Promotion promotion,
    int nodes,
    int verified,
    Optional<Integer> needed,
    String reason) {}
