package io.hydra.wire;

import io.hydra.model.ReleaseVersion;

/** The version to pin a channel to. */
public record PinRequest(ReleaseVersion version) {}
