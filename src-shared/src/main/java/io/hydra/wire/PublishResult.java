package io.hydra.wire;

import io.hydra.model.Release;

/**
 * What a publish did.
 *
 * @param release the release that has this content
 * @param created false when the channel's newest release has the same content already, or in a dry
 *     run
 */
public record PublishResult(Release release, boolean created) {}
