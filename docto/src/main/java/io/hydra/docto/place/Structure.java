package io.hydra.docto.place;

import io.hydra.docto.actual.CommittedContent;
import io.hydra.docto.actual.CommittedContent.CommittedFile;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Compares a directory's names, kinds and sizes with what should be there. */
final class Structure {
  private Structure() {}

  /**
   * The first difference as a sentence, or nothing.
   *
   * @param expected size in bytes by relative path
   */
  static Optional<String> difference(Path top, Map<String, Long> expected) throws IOException {
    if (!Trees.exists(top)) {
      return Optional.of("its directory is missing");
    }
    var missing = new HashMap<>(expected);
    var differences = new Differences(top, missing);
    Files.walkFileTree(top, differences);
    if (differences.first.isPresent()) {
      return differences.first;
    }
    return missing.keySet().stream().sorted().findFirst().map("file '%s' is missing"::formatted);
  }

  /** The same, compared with what was committed. */
  static Optional<String> difference(Path top, CommittedContent content) throws IOException {
    return difference(
        top,
        content.files().stream()
            .collect(Collectors.toMap(CommittedFile::path, CommittedFile::size)));
  }

  private static final class Differences extends SimpleFileVisitor<Path> {
    private final Path top;
    private final Map<String, Long> missing;
    private Optional<String> first = Optional.empty();

    Differences(Path top, Map<String, Long> missing) {
      this.top = top;
      this.missing = missing;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      var relative = top.relativize(file).toString();
      var size = missing.remove(relative);
      if (size == null || !attributes.isRegularFile()) {
        return end("'%s' does not belong there".formatted(relative));
      }
      if (attributes.size() != size) {
        return end("file '%s' has %d bytes, not %d".formatted(relative, attributes.size(), size));
      }
      return FileVisitResult.CONTINUE;
    }

    private FileVisitResult end(String difference) {
      first = Optional.of(difference);
      return FileVisitResult.TERMINATE;
    }
  }
}
