package io.hydra.wire;

/**
 * Space of a file system as measured, in bytes.
 *
 * @param total what it can hold
 * @param free what Hydra may still use: measured free space less the reserve for the host
 */
public record Capacity(long total, long free) {}
