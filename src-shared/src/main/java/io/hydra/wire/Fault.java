package io.hydra.wire;

import io.hydra.error.ErrorCode;

/**
 * Why something is not as desired.
 *
 * @param code stable name of the failure
 * @param detail one sentence for people
 */
public record Fault(ErrorCode code, String detail) {}
