package io.hydra.testing.kubernetes;

import io.hydra.testing.process.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** What {@code src/main/kubernetes} offers. */
final class Manifests {
  private static final Path DIRECTORY = Repository.root().resolve("src/main/kubernetes");

  private Manifests() {}

  static List<Path> overlays() throws IOException {
    return directories("overlays");
  }

  /** All components but the one that ends an installation. */
  static List<String> components() throws IOException {
    return directories("components").stream()
        .map(path -> String.valueOf(path.getFileName()))
        .filter(name -> !name.equals("remove-data"))
        .toList();
  }

  private static List<Path> directories(String kind) throws IOException {
    try (var found = Files.list(DIRECTORY.resolve(kind))) {
      return found.filter(Files::isDirectory).sorted().toList();
    }
  }

  /** An overlay with the base and these components. */
  static Path overlayWith(List<String> components) throws IOException {
    return overlayWith(components, "");
  }

  /**
   * @param more lines of its kustomization
   */
  static Path overlayWith(List<String> components, String more) throws IOException {
    return Kustomization.write(
        Repository.root(),
        List.of("src/main/kubernetes/base"),
        """
        components: [%s]
        %s
        """
            .formatted(
                components.stream()
                    .map("../../../src/main/kubernetes/components/%s"::formatted)
                    .collect(Collectors.joining(", ")),
                more));
  }
}
