package io.hydra.docto.place;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Removes a visible directory in two steps, so that no reader ever sees half of it: out of sight by
 * one rename, then file by file.
 *
 * @param place a directory on the same file system
 */
record Trash(Path place) {
  private static final String PREFIX = ".trash-";

  static boolean isTrash(Path path) {
    return String.valueOf(path.getFileName()).startsWith(PREFIX);
  }

  void discard(Path visible) throws IOException {
    var hidden = place.resolve(PREFIX + visible.getFileName() + "-" + System.nanoTime());
    Files.setPosixFilePermissions(visible, Trees.OPEN_DIRECTORY);
    Files.move(visible, hidden, StandardCopyOption.ATOMIC_MOVE);
    Trees.remove(hidden);
  }

  /** Removes what an earlier run did not get to. */
  void empty() throws IOException {
    for (var entry : Trees.children(place)) {
      if (isTrash(entry)) {
        Trees.remove(entry);
      }
    }
  }
}
