package io.hydra.wire;

import io.hydra.model.ChannelId;
import io.hydra.model.ReleaseVersion;
import java.util.Optional;

/**
 * An existing release whose content is to be released again.
 *
 * @param version of the existing release
 * @param from the channel that has it; the one published to when empty
 * @param as version of the new release, newer than the channel's newest; when empty it is found as
 *     in a publish
 * @param dryRun whether to tell only what would be appended
 */
public record RepublishRequest(
    ReleaseVersion version, Optional<ChannelId> from, Optional<ReleaseVersion> as, boolean dryRun) {

  /** The same, to be done. */
  public RepublishRequest withoutDryRun() {
    return new RepublishRequest(version, from, as, false);
  }
}
