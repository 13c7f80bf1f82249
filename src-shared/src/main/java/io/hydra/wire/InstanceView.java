package io.hydra.wire;

import java.time.Instant;
import java.util.Optional;

/**
 * An instance as people see it.
 *
 * @param report its last one, if this leader has heard of it
 * @param lastHeard when that was
 * @param granted what it is allowed to move to at present
 */
public record InstanceView(
    InstanceRegistration registration,
    Connection connection,
    Optional<Instant> lastHeard,
    Optional<InstanceReport> report,
    Optional<Grant> granted) {}
