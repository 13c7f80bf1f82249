package io.hydra.appman.health;

import io.hydra.appman.lifecycle.ReleaseSet;
import io.hydra.model.DatasetName;
import io.hydra.model.Digest;
import java.util.Map;
import java.util.Optional;

/**
 * What the application said last.
 *
 * @param reachable false when nothing listens where its hooks should be
 * @param ready whether it can take traffic; true where it has no such hook
 * @param loaded what it has loaded; empty when it has no such hook or did not tell
 * @param detail why it is not reachable or not ready
 */
public record ApplicationView(
    boolean reachable,
    boolean ready,
    Optional<Map<DatasetName, Digest>> loaded,
    Optional<String> detail) {

  /** Before the first look. */
  public static final ApplicationView UNKNOWN =
      new ApplicationView(
          true, false, Optional.empty(), Optional.of("the application was not asked yet"));

  /** Whether it has told what it has loaded, and that is something else. */
  public boolean contradicts(ReleaseSet release) {
    return loaded.filter(told -> !told.equals(release.contents())).isPresent();
  }
}
