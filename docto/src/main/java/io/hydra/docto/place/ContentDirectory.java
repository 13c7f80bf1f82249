package io.hydra.docto.place;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.model.RelativePath;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A directory that holds one content's files. Paths in it come from bucket keys, which are hostile:
 * each is checked component by component, and no link is followed below {@code top}.
 */
public final class ContentDirectory {
  private final Path top;

  /** Those below that are real and may be written to: nobody but us changes what lies here. */
  private final Set<Path> opened = ConcurrentHashMap.newKeySet();

  public ContentDirectory(Path top) {
    this.top = top;
  }

  public Path top() {
    return top;
  }

  /** Creates the file, empty, unless it is there; its directories, too. */
  public void create(String relative) throws IOException {
    openForWrite(relative, Once.NO).close();
  }

  /** Whether a file that is made is opened this one time only. */
  public enum Once {
    /** Then it is read-only to all others from the beginning. */
    YES,
    NO;

    private FileAttribute<?> permissions() {
      return PosixFilePermissions.asFileAttribute(
          this == YES ? Trees.SEALED_FILE : Trees.OPEN_FILE);
    }
  }

  /**
   * Opens a file for writing; makes it, and its directories, where it is not there.
   *
   * @param how beside that
   */
  public FileChannel openForWrite(String relative, Once once, OpenOption... how)
      throws IOException {
    var file = resolve(relative);
    openDirectories(file);
    var options = new HashSet<OpenOption>(List.of(how));
    options.add(StandardOpenOption.WRITE);
    options.add(LinkOption.NOFOLLOW_LINKS);
    options.add(StandardOpenOption.CREATE_NEW);
    try {
      return FileChannel.open(file, options, once.permissions());
    } catch (FileAlreadyExistsException present) {
      options.remove(StandardOpenOption.CREATE_NEW);
      return openPresent(file, relative, options);
    }
  }

  private static FileChannel openPresent(Path file, String relative, Set<OpenOption> options)
      throws IOException {
    refuseUnlessRegular(file, relative);
    if (!Files.isWritable(file)) {
      Files.setPosixFilePermissions(file, Trees.OPEN_FILE);
    }
    return FileChannel.open(file, options);
  }

  /**
   * Finds blocks for a part of a file that is open for writing; see {@link Preallocation}.
   *
   * @param at of the part's first byte
   * @param length in bytes
   */
  public void preallocate(String relative, long at, long length) {
    Preallocation.of(resolve(relative), at, length);
  }

  /**
   * Opens an existing file for reading.
   *
   * @param how beside that
   */
  public FileChannel openForRead(String relative, OpenOption... how) throws IOException {
    var file = resolve(relative);
    refuseLinkedDirectories(file);
    var options = new HashSet<OpenOption>(List.of(how));
    options.add(StandardOpenOption.READ);
    options.add(LinkOption.NOFOLLOW_LINKS);
    return FileChannel.open(file, options);
  }

  /**
   * Opens an existing file, sealed or not, for reading and writing. Its directories stay sealed.
   */
  FileChannel openToMend(String relative) throws IOException {
    var file = resolve(relative);
    refuseLinkedDirectories(file);
    refuseUnlessRegular(file, relative);
    if (!Files.isWritable(file)) {
      Files.setPosixFilePermissions(file, Trees.OPEN_FILE);
    }
    return FileChannel.open(
        file, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
  }

  /** Size of a regular file in bytes. */
  public long size(String relative) throws IOException {
    var file = resolve(relative);
    refuseLinkedDirectories(file);
    refuseUnlessRegular(file, relative);
    return Files.size(file);
  }

  /**
   * @throws HydraException {@code HOSTILE_KEY} if the path is not one below {@code top}
   */
  Path resolve(String relative) {
    RelativePath.objection(relative)
        .ifPresent(
            objection -> {
              throw hostile(objection);
            });
    var file = named(relative);
    if (!file.equals(file.normalize()) || !file.startsWith(top) || file.equals(top)) {
      throw hostile("leaves its directory");
    }
    return file;
  }

  /** Under a locale without UTF-8 the JDK cannot name every file that a bucket can. */
  private Path named(String relative) {
    try {
      return top.resolve(relative);
    } catch (InvalidPathException unmappable) {
      throw new HydraException(
          ErrorCode.STORAGE_FAILED,
          "this locale cannot name a file of the dataset; start Docto with LANG=C.UTF-8",
          unmappable);
    }
  }

  private static HydraException hostile(String objection) {
    return new HydraException(ErrorCode.HOSTILE_KEY, "a path in the manifest " + objection);
  }

  private void openDirectories(Path file) throws IOException {
    var parent = file.getParent();
    if (parent == null || opened.contains(parent)) {
      return;
    }
    for (var directory : directoriesOf(file)) {
      openDirectory(directory);
    }
    opened.add(parent);
  }

  private static void openDirectory(Path directory) throws IOException {
    try {
      Files.createDirectory(directory);
      return;
    } catch (FileAlreadyExistsException present) {
      // By whichever thread.
    }
    if (!Trees.isDirectory(directory)) {
      throw new IOException("'" + directory + "' is no directory");
    }
    if (!Files.isWritable(directory)) {
      // A commit that did not come to its end had sealed it.
      Files.setPosixFilePermissions(directory, Trees.OPEN_DIRECTORY);
    }
  }

  private void refuseLinkedDirectories(Path file) throws IOException {
    for (var directory : directoriesOf(file)) {
      if (!Trees.isDirectory(directory)) {
        throw new IOException("'" + directory + "' is no directory");
      }
    }
  }

  /** From {@code top}, included, down to the file. */
  private Iterable<Path> directoriesOf(Path file) {
    var directories = new ArrayList<Path>();
    var below = top.relativize(file);
    var at = top;
    directories.add(at);
    for (int i = 0; i < below.getNameCount() - 1; i++) {
      at = at.resolve(below.getName(i));
      directories.add(at);
    }
    return directories;
  }

  private static void refuseUnlessRegular(Path file, String relative) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException("'" + relative + "' is no regular file");
    }
  }
}
