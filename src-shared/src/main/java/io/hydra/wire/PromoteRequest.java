package io.hydra.wire;

import io.hydra.model.ReleaseVersion;
import java.util.Optional;

/**
 * The staged release that becomes the head.
 *
 * @param version empty for the newest that is staged
 */
public record PromoteRequest(Optional<ReleaseVersion> version) {}
