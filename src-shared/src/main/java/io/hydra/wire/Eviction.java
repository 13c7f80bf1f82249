package io.hydra.wire;

import io.hydra.model.Digest;

/** Content that leaves a node's disk. */
public record Eviction(Digest digest, long bytes) {}
