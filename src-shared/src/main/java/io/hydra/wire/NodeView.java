package io.hydra.wire;

import java.time.Instant;
import java.util.Optional;

/**
 * A node as people see it.
 *
 * @param report its last one, if this leader has heard of it
 * @param lastHeard when that was
 */
public record NodeView(
    NodeRegistration registration,
    Connection connection,
    Optional<Instant> lastHeard,
    Optional<NodeReport> report) {}
