package io.hydra.appman.reload;

import io.hydra.error.HydraException;
import io.hydra.model.ReleaseRef;
import io.hydra.model.ReleaseVersion;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * An application that an earlier AppMan started and was killed before it could note it.
 *
 * @param release that it was started with
 */
record Orphan(ProcessHandle handle, ReleaseRef release) {

  /**
   * Finds it by the marks that AppMan puts into its environment, which its own children inherit.
   */
  static Optional<Orphan> of(Path current) {
    return ProcessHandle.allProcesses()
        .filter(handle -> handle.pid() != ProcessHandle.current().pid())
        .filter(ProcFile::isRunning)
        .filter(handle -> isMarked(handle, current))
        .filter(handle -> handle.parent().filter(parent -> isMarked(parent, current)).isEmpty())
        .flatMap(
            handle ->
                release(ProcFile.environment(handle)).stream().map(r -> new Orphan(handle, r)))
        .findFirst();
  }

  private static boolean isMarked(ProcessHandle handle, Path current) {
    return current.toString().equals(ProcFile.environment(handle).get("HYDRA_CURRENT"));
  }

  private static Optional<ReleaseRef> release(Map<String, String> environment) {
    try {
      return Optional.of(
          new ReleaseRef(
              Long.parseLong(environment.getOrDefault("HYDRA_SEQUENCE", "")),
              new ReleaseVersion(environment.getOrDefault("HYDRA_RELEASE", ""))));
    } catch (NumberFormatException | HydraException notOurs) {
      return Optional.empty();
    }
  }
}
