package io.hydra.wire;

import java.time.Instant;

/**
 * Something that is going to be done with a workload.
 *
 * @param kind of the workload, such as {@code Deployment}
 * @param replicas that it has afterwards
 */
public record UptimeStep(
    Instant at, String kind, String namespace, String name, UptimeChange what, int replicas) {}
