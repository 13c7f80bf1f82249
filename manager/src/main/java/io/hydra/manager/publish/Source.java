package io.hydra.manager.publish;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.model.Manifest;
import io.hydra.model.ReleaseVersion;
import io.hydra.model.VersionScheme;
import java.util.List;

/** A place that datasets come from, such as S3. */
interface Source {
  /** For one dataset. Its manifest is read as a whole, by nodes too. */
  int MOST_FILES = 100_000;

  /**
   * The versions that the pattern's placeholder can take, in no particular order. Each was seen as
   * a name; whether all of a dataset lies under it only {@link #freeze} tells.
   *
   * @throws HydraException {@code SOURCE_UNAVAILABLE}, {@code SOURCE_NOT_ALLOWED} or {@code
   *     SOURCE_MISSING} (no such bucket)
   */
  List<ReleaseVersion> versions(SourcePattern pattern, VersionScheme scheme);

  /** Whether at least one file lies at the path; a path that ends in '/' is a prefix. */
  boolean exists(String path);

  /**
   * Lists and freezes every file at the path.
   *
   * @throws HydraException {@code SOURCE_MISSING} when there is none, {@code SOURCE_TOO_LARGE} when
   *     there are too many, {@code HOSTILE_KEY} when one cannot be a file
   */
  Manifest freeze(String path);

  /** That there are more files at the path than a manifest takes. */
  static HydraException tooLarge(String path, int most) {
    return new HydraException(
        ErrorCode.SOURCE_TOO_LARGE,
        "more than %d files lie at %s; pack them, or make several datasets of them"
            .formatted(most, path));
  }
}
