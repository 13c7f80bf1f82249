package io.hydra.appman.health;

import io.hydra.appman.lifecycle.ReleaseSet;
import io.hydra.model.DatasetName;
import io.hydra.model.Digest;
import java.util.Map;
import java.util.Optional;

/**
 * What the application said last.
 *
 * @param answered false when this rests on a hook's silence: it timed out, broke off, or nothing
 *     listened; a hook that answers no has answered
 * @param reachable false when nothing listens where its hooks should be
 * @param ready whether it can take traffic; true where it has no such hook
 * @param loaded what it has loaded; empty when it has no such hook or did not tell
 * @param detail why it is not reachable or not ready
 */
public record ApplicationView(
    boolean answered,
    boolean reachable,
    boolean ready,
    Optional<Map<DatasetName, Digest>> loaded,
    Optional<String> detail) {

  /** Before the first look. */
  public static final ApplicationView UNKNOWN =
      new ApplicationView(
          true, true, false, Optional.empty(), Optional.of("the application was not asked yet"));

  /** Whether it answers and can take traffic. */
  public boolean isWell() {
    return reachable && ready;
  }

  /** Whether it has told what it has loaded, and that is something else. */
  public boolean contradicts(ReleaseSet release) {
    return loaded.filter(told -> !told.equals(release.contents())).isPresent();
  }
}
