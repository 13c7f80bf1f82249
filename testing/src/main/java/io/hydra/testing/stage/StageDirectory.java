package io.hydra.testing.stage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Where the programs of a stage write. */
public record StageDirectory(Path path) {
  /** Removes all of it; whoever writes there has ended. */
  public void discard() throws IOException {
    if (Files.notExists(path)) {
      return;
    }
    // Committed datasets are read-only directories: nothing can be removed from them as they are.
    try (Stream<Path> tree = Files.find(path, 64, (found, it) -> it.isDirectory())) {
      tree.forEach(found -> found.toFile().setWritable(true));
    }
    try (Stream<Path> tree = Files.walk(path)) {
      for (var found : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(found);
      }
    }
  }
}
