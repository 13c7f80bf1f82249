package io.hydra.docto.http;

import java.time.Duration;

/**
 * How long is waited at each step.
 *
 * @param connect for each address of a host; its name may take twice as long to be resolved
 * @param handshake for all of a TLS handshake, and for a proxy to open a tunnel
 * @param head from a request until the head of its answer is complete
 * @param stall within a body, without any byte
 */
public record TimeLimits(Duration connect, Duration handshake, Duration head, Duration stall) {}
