package io.hydra.docto.place;

import io.hydra.layout.NodeLayout;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Keeps a second Docto off the same ROOT; the kernel frees it when the process ends. */
public final class StoreLock implements AutoCloseable {
  private final FileChannel channel;

  private StoreLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * @throws IOException if another process holds it, or ROOT cannot be written
   */
  public static StoreLock take(NodeLayout layout) throws IOException {
    Files.createDirectories(layout.state());
    var path = layout.state().resolve("lock");
    var channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!locked(channel)) {
      channel.close();
      throw alreadyTaken(layout.root());
    }
    return new StoreLock(channel);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      @Nullable Object lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException heldByThisProcess) {
      return false;
    }
  }

  private static IOException alreadyTaken(Path root) {
    return new IOException(
        "another Docto works on '%s' (hydra.root); give each its own".formatted(root));
  }
}
