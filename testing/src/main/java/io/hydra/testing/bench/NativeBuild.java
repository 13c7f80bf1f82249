package io.hydra.testing.bench;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/**
 * What {@code bin/build-native} noted of the build of an executable.
 *
 * @param seconds that the build took, packaging included
 * @param how flags, builder and number of CPUs, for people
 */
record NativeBuild(long seconds, String how) {
  /** The note beside an executable; empty without one, or when it is of an older executable. */
  static Optional<NativeBuild> of(Path executable) throws IOException {
    var note = executable.resolveSibling(executable.getFileName() + ".seconds");
    if (Files.notExists(note)
        || Files.getLastModifiedTime(note).compareTo(Files.getLastModifiedTime(executable)) < 0) {
      return Optional.empty();
    }
    try (var reader = Files.newBufferedReader(note)) {
      return parse(reader);
    }
  }

  static Optional<NativeBuild> parse(Reader note) throws IOException {
    var fields = new Properties();
    fields.load(note);
    var seconds = fields.getProperty("seconds", "");
    if (!seconds.matches("\\d{1,9}")) {
      return Optional.empty();
    }
    return Optional.of(
        new NativeBuild(
            Long.parseLong(seconds),
            "%s, %s CPUs, %s"
                .formatted(
                    fields.getProperty("optimize", "flags unknown"),
                    fields.getProperty("cpus", "unknown"),
                    fields.getProperty("builder", "builder unknown"))));
  }
}
