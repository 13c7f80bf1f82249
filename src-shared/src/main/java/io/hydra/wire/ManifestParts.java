package io.hydra.wire;

/**
 * @param count of the parts that a manifest was sent in
 */
public record ManifestParts(int count) {}
