package io.hydra.testing.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** Sizes on disk, in MiB. */
final class Sizes {
  private static final double BYTES_PER_MIB = 1 << 20;

  /** Of a JDK's files, those that only developers need. */
  private static final Set<String> FOR_DEVELOPERS = Set.of("src.zip", "ct.sym");

  private Sizes() {}

  /** A file, or all files below a directory; links count nothing. */
  static double of(Path path) throws IOException {
    try (var files = Files.walk(path)) {
      long bytes = 0;
      for (var file :
          files.filter(it -> Files.isRegularFile(it) && !Files.isSymbolicLink(it)).toList()) {
        bytes += FOR_DEVELOPERS.contains(file.getFileName().toString()) ? 0 : Files.size(file);
      }
      return bytes / BYTES_PER_MIB;
    }
  }

  /** What of a JDK is needed to run a program: {@code bin/java}, {@code conf} and {@code lib}. */
  static double runtime(Path javaHome) throws IOException {
    return of(javaHome.resolve("bin/java").toRealPath())
        + of(javaHome.resolve("conf").toRealPath())
        + of(javaHome.resolve("lib").toRealPath());
  }
}
