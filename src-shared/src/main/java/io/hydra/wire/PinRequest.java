package io.hydra.wire;

import io.hydra.model.ReleaseVersion;
import io.hydra.model.ScopeName;
import java.util.Optional;

/**
 * The version to pin a channel to.
 *
 * @param scope that is pinned, and no other; the whole channel when empty
 */
public record PinRequest(ReleaseVersion version, Optional<ScopeName> scope) {}
