package io.hydra.docto.place;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whole directory trees of ours. Links are never followed. */
final class Trees {
  static final Set<PosixFilePermission> OPEN_DIRECTORY =
      PosixFilePermissions.fromString("rwxr-xr-x");
  static final Set<PosixFilePermission> SEALED_DIRECTORY =
      PosixFilePermissions.fromString("r-xr-xr-x");
  static final Set<PosixFilePermission> OPEN_FILE = PosixFilePermissions.fromString("rw-r--r--");
  static final Set<PosixFilePermission> SEALED_FILE = PosixFilePermissions.fromString("r--r--r--");

  private Trees() {}

  static boolean isDirectory(Path path) {
    return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
  }

  static boolean exists(Path path) {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }

  /** What lies directly in a directory; nothing where there is none. */
  static List<Path> children(Path directory) throws IOException {
    if (!isDirectory(directory)) {
      return List.of();
    }
    try (var entries = Files.list(directory)) {
      return entries.sorted().toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** What lies below a directory; of directories the deeper ones first, itself last. */
  record Entries(List<Path> files, List<Path> directories) {}

  static Entries entries(Path top) throws IOException {
    var entries = new Entries(new ArrayList<>(), new ArrayList<>());
    Files.walkFileTree(
        top,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            entries.files.add(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            entries.directories.add(directory);
            return FileVisitResult.CONTINUE;
          }
        });
    return entries;
  }

  /**
   * Makes everything read-only, except the top directory: one that is not writable cannot be
   * renamed into another one.
   */
  static void seal(Entries entries) throws IOException {
    for (var file : entries.files()) {
      Files.setPosixFilePermissions(file, SEALED_FILE);
    }
    for (var directory : entries.directories().subList(0, entries.directories().size() - 1)) {
      Files.setPosixFilePermissions(directory, SEALED_DIRECTORY);
    }
  }

  /** Removes a tree, sealed or not; does nothing where there is none. */
  static void remove(Path top) throws IOException {
    if (!exists(top)) {
      return;
    }
    Files.walkFileTree(
        top,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
              throws IOException {
            Files.setPosixFilePermissions(directory, OPEN_DIRECTORY);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** Sum of the files' lengths; what vanishes meanwhile is not counted. */
  static long bytes(Path top) throws IOException {
    var sum = new long[1];
    Files.walkFileTree(
        top,
        new OfWhatStays() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            sum[0] += attributes.size();
            return FileVisitResult.CONTINUE;
          }
        });
    return sum[0];
  }

  /** Files and directories, the top one too; what vanishes meanwhile is not counted. */
  static long count(Path top) throws IOException {
    var count = new long[1];
    Files.walkFileTree(
        top,
        new OfWhatStays() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            count[0]++;
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            count[0]++;
            return FileVisitResult.CONTINUE;
          }
        });
    return count[0];
  }

  /** Others may remove what it comes to. */
  private abstract static class OfWhatStays extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
      return skipVanished(failure);
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
        throws IOException {
      return failure == null ? FileVisitResult.CONTINUE : skipVanished(failure);
    }

    private static FileVisitResult skipVanished(IOException failure) throws IOException {
      if (failure instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      throw failure;
    }
  }
}
