package io.hydra.wire;

import io.hydra.model.ReleaseVersion;
import java.util.Optional;

/**
 * The release that is never to be picked by itself.
 *
 * @param reason one sentence of at most 500 characters, for those who wonder later
 */
public record RejectRequest(ReleaseVersion version, Optional<String> reason) {}
