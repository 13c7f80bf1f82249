package io.hydra.docto.actual;

import io.hydra.wire.Fault;
import java.time.Instant;

/**
 * The last operation on a content failed.
 *
 * @param attempts that failed in a row without getting further
 * @param retryAt not tried again before
 */
public record Setback(Fault fault, int attempts, Instant retryAt) {}
