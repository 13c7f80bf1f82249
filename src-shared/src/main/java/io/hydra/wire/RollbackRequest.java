package io.hydra.wire;

import io.hydra.model.ReleaseVersion;
import java.util.Optional;

/**
 * The version to go back to.
 *
 * @param to empty for the newest release before the head that was not rejected
 */
public record RollbackRequest(Optional<ReleaseVersion> to) {}
