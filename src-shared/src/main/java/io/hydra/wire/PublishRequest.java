package io.hydra.wire;

import io.hydra.model.ReleaseVersion;
import io.hydra.model.TemplateDataset;
import java.util.Map;
import java.util.Optional;

/**
 * What a publisher sends.
 *
 * @param template the data template as written
 * @param sameVersion whether every dataset must have one and the same version
 * @param version what fills the placeholder; the newest on the source when empty
 * @param dryRun whether to check and resolve only, appending nothing
 * @param createChannel whether a channel that does not exist is made, with default settings, once
 *     the release is known to be good
 */
public record PublishRequest(
    Map<String, TemplateDataset> template,
    boolean sameVersion,
    Optional<ReleaseVersion> version,
    boolean dryRun,
    boolean createChannel) {

  /** The same, to be done. */
  public PublishRequest withoutDryRun() {
    return new PublishRequest(template, sameVersion, version, false, createChannel);
  }

  public PublishRequest withCreateChannel(boolean create) {
    return new PublishRequest(template, sameVersion, version, dryRun, create);
  }

  /** For a channel that exists. */
  public PublishRequest(
      Map<String, TemplateDataset> template,
      boolean sameVersion,
      Optional<ReleaseVersion> version,
      boolean dryRun) {
    this(template, sameVersion, version, dryRun, false);
  }
}
