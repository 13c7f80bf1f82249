package io.hydra.wire;

import java.util.Optional;

/**
 * What an instance may do.
 *
 * @param epoch grows with each change of this answer
 * @param grant the release it shall be on; empty: stay as you are
 */
public record InstanceDesired(long epoch, Optional<Grant> grant) {}
