package io.hydra.wire;

import io.hydra.model.ReleaseVersion;
import java.util.Optional;

/**
 * The version that becomes the head.
 *
 * @param to older than the head, or newer and rejected; empty for the newest release before the
 *     head that was not rejected
 */
public record RollbackRequest(Optional<ReleaseVersion> to) {}
