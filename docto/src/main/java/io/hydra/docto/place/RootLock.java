package io.hydra.docto.place;

import io.hydra.layout.NodeLayout;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Keeps a second Docto off the same root; the kernel frees it when the process ends. */
public final class RootLock implements AutoCloseable {
  /** How long a predecessor that was killed may take to be gone. */
  private static final Duration PREDECESSOR = Duration.ofSeconds(2);

  private static final Duration MOMENT = Duration.ofMillis(20);

  private final FileChannel channel;

  private RootLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes those of both roots; waits a little for a Docto that is just ending.
   *
   * @throws ConfigurationException if another process holds one, or a root cannot be written
   */
  public static List<RootLock> take(NodeLayout layout) {
    var taken = new ArrayList<RootLock>();
    taken.add(take("hydra.root", layout.root(), layout.state(), "lock"));
    layout.ramRoot().ifPresent(ram -> taken.add(take("hydra.ram-root", ram, ram, ".lock")));
    return taken;
  }

  private static RootLock take(String setting, Path root, Path directory, String name) {
    try {
      Files.createDirectories(directory);
      var channel =
          FileChannel.open(
              directory.resolve(name), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!await(channel)) {
        channel.close();
        throw refused(
            "another Docto works on '%s' (%s); give each its own".formatted(root, setting));
      }
      return new RootLock(channel);
    } catch (IOException e) {
      throw refused("'%s' (%s) cannot be used: %s".formatted(root, setting, e));
    }
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

  private static ConfigurationException refused(String reason) {
    return new ConfigurationException("Docto cannot start: " + reason);
  }
}
