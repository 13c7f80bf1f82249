package io.hydra.wire;

import io.hydra.model.InstanceId;
import io.hydra.model.NodeName;
import io.hydra.model.ReleaseRef;
import java.util.Optional;

/**
 * What a release would mean for an instance.
 *
 * @param serving what it serves now
 * @param reloads whether it would be drained and reloaded
 * @param detail one sentence
 */
public record InstanceOutlook(
    InstanceId instance,
    NodeName node,
    Optional<ReleaseRef> serving,
    boolean reloads,
    String detail) {}
