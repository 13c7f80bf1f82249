package io.hydra.docto.place;

import io.hydra.docto.actual.CommittedContent.CommittedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Makes a proven content read-only, looking once at each file. */
final class Sealing {
  private Sealing() {}

  /**
   * Except the top directory: one that is not writable cannot be renamed into another one.
   *
   * @return what lies there, to be made durable
   * @throws NotDurable if a file is not there as it was proven
   */
  static Trees.Entries of(Path top, List<CommittedFile> files) throws IOException {
    Set<Path> directories = new LinkedHashSet<>();
    for (var file : files) {
      var path = top.resolve(file.path());
      seal(path, file);
      addDirectories(top, path, directories);
    }
    var deepestFirst = new ArrayList<>(directories);
    deepestFirst.sort(Comparator.comparingInt(Path::getNameCount).reversed());
    for (var directory : deepestFirst) {
      Files.setPosixFilePermissions(directory, Trees.SEALED_DIRECTORY);
    }
    deepestFirst.add(top);
    return new Trees.Entries(new PathsOf(top, files), deepestFirst);
  }

  /** Each made when it is asked for: many of them take much memory. */
  private static final class PathsOf extends AbstractList<Path> {
    private final Path top;
    private final List<CommittedFile> files;

    PathsOf(Path top, List<CommittedFile> files) {
      this.top = top;
      this.files = files;
    }

    @Override
    public Path get(int index) {
      return top.resolve(files.get(index).path());
    }

    @Override
    public int size() {
      return files.size();
    }
  }

  private static void seal(Path path, CommittedFile file) throws IOException {
    var found = attributes(path, file);
    if (!found.isRegularFile() || found.size() != file.size()) {
      throw new NotDurable("file '%s' was changed on this node's disk".formatted(file.path()));
    }
    if (!found.permissions().equals(Trees.SEALED_FILE)) {
      Files.setPosixFilePermissions(path, Trees.SEALED_FILE);
    }
  }

  private static PosixFileAttributes attributes(Path path, CommittedFile file) throws IOException {
    try {
      return Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException gone) {
      throw new NotDurable(
          "file '%s' was removed from this node's disk".formatted(file.path()), gone);
    }
  }

  /** Those between; most files lie beside the one before. */
  private static void addDirectories(Path top, Path file, Set<Path> directories) {
    for (var above = file.getParent();
        above != null && !above.equals(top) && directories.add(above);
        above = above.getParent()) {}
  }
}
