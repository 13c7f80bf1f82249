package io.hydra.testing.kubernetes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Writes overlays of the checkout's manifests. */
final class Kustomization {
  private Kustomization() {}

  /**
   * Writes one to a new directory below {@code target/stage}.
   *
   * @param resources directories, from the root
   * @param more lines
   * @return the directory
   */
  static Path write(Path root, List<String> resources, String more) throws IOException {
    var stage = Files.createDirectories(root.resolve("target/stage"));
    var directory = Files.createTempDirectory(stage, "overlay-");
    Files.writeString(
        directory.resolve("kustomization.yaml"),
        """
        apiVersion: kustomize.config.k8s.io/v1beta1
        kind: Kustomization
        resources: [%s]
        %s
        """
            .formatted(
                resources.stream().map("../../../%s"::formatted).collect(Collectors.joining(", ")),
                more));
    return directory;
  }
}
