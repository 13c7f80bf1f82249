package io.hydra.docto.place;

import io.hydra.layout.NodeLayout;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Keeps a second Docto off the same ROOT; the kernel frees it when the process ends. */
public final class StoreLock implements AutoCloseable {
  /** How long a predecessor that was killed may take to be gone. */
  private static final Duration PREDECESSOR = Duration.ofSeconds(2);

  private static final Duration MOMENT = Duration.ofMillis(20);

  private final FileChannel channel;

  private StoreLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Waits a little for a Docto that is just ending.
   *
   * @throws IOException if another process holds it, or ROOT cannot be written
   */
  public static StoreLock take(NodeLayout layout) throws IOException {
    Files.createDirectories(layout.state());
    var path = layout.state().resolve("lock");
    var channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!await(channel)) {
      channel.close();
      throw alreadyTaken(layout.root());
    }
    return new StoreLock(channel);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private static boolean await(FileChannel channel) throws IOException {
    long begun = System.nanoTime();
    boolean locked = locked(channel);
    while (!locked && System.nanoTime() - begun < PREDECESSOR.toNanos()) {
      LockSupport.parkNanos(MOMENT.toNanos());
      locked = locked(channel);
    }
    return locked;
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
