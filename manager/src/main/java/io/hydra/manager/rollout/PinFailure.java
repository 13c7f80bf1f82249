package io.hydra.manager.rollout;

import io.hydra.model.ReleaseRef;

/** A pinned release that could not be loaded somewhere. Nobody else is moved to it. */
public record PinFailure(ReleaseRef release, String reason) {}
