package io.hydra.docto.place;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes that are all there or not at all, also after a loss of power. */
public final class DurableFiles {
  private DurableFiles() {}

  /** Replaces a file as a whole: temporary file, fsync, rename, fsync of the directory. */
  public static void replace(Path target, byte[] content) throws IOException {
    var directory = parentOf(target);
    Files.createDirectories(directory);
    var temporary = directory.resolve("." + target.getFileName() + ".tmp");
    Files.deleteIfExists(temporary);
    try (var channel =
        FileChannel.open(temporary, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
      var buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
    Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    syncDirectory(directory);
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
