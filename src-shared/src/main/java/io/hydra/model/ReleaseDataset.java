package io.hydra.model;

import java.util.Optional;

/**
 * A dataset within a release.
 *
 * @param name as in the template
 * @param source where the files lie, placeholder filled; a prefix ends in '/'
 * @param version what filled the placeholder; empty for a path without one
 * @param placement where consumers read it from
 * @param digest names the content
 * @param bytes sum of the files' sizes
 * @param files how many
 */
public record ReleaseDataset(
    DatasetName name,
    String source,
    Optional<ReleaseVersion> version,
    Placement placement,
    Digest digest,
    long bytes,
    int files) {
  /** Name, content and place, which is what consumers can tell apart. */
  public PlacedDataset placed() {
    return new PlacedDataset(name, digest, placement);
  }
}
