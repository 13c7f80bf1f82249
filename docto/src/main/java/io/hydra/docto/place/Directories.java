package io.hydra.docto.place;

import io.hydra.model.Digest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Directories that are named by digests. */
public final class Directories {
  private Directories() {}

  /** The contents that have a directory of their name there; other names are not ours. */
  public static List<Digest> digestsIn(Path directory) throws IOException {
    return Trees.children(directory).stream()
        .filter(Trees::isDirectory)
        .flatMap(path -> DigestNames.of(path).stream())
        .toList();
  }

  /** Sum of the lengths of all files below; 0 where there is no such directory. */
  public static long bytes(Path directory) throws IOException {
    return Trees.bytes(directory);
  }

  /** Removes a directory that no reader sees, with all that is in it. */
  public static void remove(Path hidden) throws IOException {
    Trees.remove(hidden);
  }
}
