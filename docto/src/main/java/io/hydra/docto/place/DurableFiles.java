package io.hydra.docto.place;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes that are all there or not at all, also after a loss of power. */
public final class DurableFiles {
  private static final int BUFFER_BYTES = 64 * 1024;

  private DurableFiles() {}

  /** What a file is to hold. */
  @FunctionalInterface
  public interface Writing {
    /**
     * @param out buffered; it is left open
     */
    void to(OutputStream out) throws IOException;
  }

  /** Replaces a file as a whole: temporary file, fsync, rename, fsync of the directory. */
  public static void replace(Path target, byte[] content) throws IOException {
    replace(target, out -> out.write(content));
  }

  /** The same of what is too much to be in memory twice. */
  public static void replace(Path target, Writing content) throws IOException {
    var directory = parentOf(target);
    Files.createDirectories(directory);
    var temporary = directory.resolve("." + target.getFileName() + ".tmp");
    Files.deleteIfExists(temporary);
    try {
      write(temporary, content);
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException | RuntimeException failed) {
      discard(temporary);
      throw failed;
    }
    syncDirectory(directory);
  }

  private static void write(Path temporary, Writing content) throws IOException {
    try (var channel =
        FileChannel.open(temporary, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
      var out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES);
      content.to(out);
      out.flush();
      channel.force(true);
    }
  }

  /** It would take space, perhaps of a disk that is full. */
  private static void discard(Path temporary) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException left) {
      // It is replaced the next time.
    }
  }

  /** Makes renames, creations and removals in the directory durable. */
  public static void syncDirectory(Path directory) throws IOException {
    sync(directory);
  }

  static void sync(Path path) throws IOException {
    try (var channel = FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      channel.force(true);
    }
  }

  private static Path parentOf(Path path) throws IOException {
    var parent = path.getParent();
    if (parent == null) {
      throw new IOException("'" + path + "' has no directory");
    }
    return parent;
  }
}
