package io.hydra.wire;

import java.time.Instant;

/**
 * Why a release is never picked again by itself.
 *
 * @param reason one sentence
 * @param at when it was rejected
 */
public record Rejection(String reason, Instant at) {}
