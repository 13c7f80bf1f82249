package io.hydra.wire;

import io.hydra.model.ReleaseVersion;
import io.hydra.model.ScopeName;
import java.util.Optional;

/**
 * The staged release that becomes the head.
 *
 * @param version empty for the newest that is staged
 * @param scope whose head it becomes, and no other's; wherever it is staged when empty
 */
public record PromoteRequest(Optional<ReleaseVersion> version, Optional<ScopeName> scope) {}
