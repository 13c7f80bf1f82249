package io.hydra.wire;

import io.hydra.model.ReleaseVersion;
import io.hydra.model.ScopeName;
import java.util.Optional;

/**
 * The version that becomes the head.
 *
 * @param to older than the head, or newer and rejected; empty for the newest release before the
 *     head that was not rejected
 * @param scope whose head goes back, and no other's; the whole channel's when empty
 */
public record RollbackRequest(Optional<ReleaseVersion> to, Optional<ScopeName> scope) {}
