package io.hydra.appman.lifecycle;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Keeps two AppMans out of one directory. The system frees it when its holder dies. */
public final class DirectoryLock {
  /** How long a predecessor that was killed may take to be gone. */
  private static final Duration PREDECESSOR = Duration.ofSeconds(2);

  private static final Duration MOMENT = Duration.ofMillis(20);

  /** Held, because a channel that nobody holds is closed at some time, and the lock with it. */
  private final FileLock lock;

  private DirectoryLock(FileLock lock) {
    this.lock = lock;
  }

  /**
   * Takes it until this process ends; waits a little for one that is just ending.
   *
   * @throws ConfigurationException when another process has it or the directory cannot be used
   */
  @SuppressWarnings("MustBeClosed") // closing would free it
  public static DirectoryLock take(Path directory) {
    try {
      Files.createDirectories(directory);
      var channel =
          FileChannel.open(
              directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      var lock = await(channel);
      if (lock == null) {
        throw new ConfigurationException(
            "AppMan cannot start:\n  - hydra.dir '%s' is used by another AppMan"
                .formatted(directory));
      }
      return new DirectoryLock(lock);
    } catch (IOException e) {
      throw new ConfigurationException(
          "AppMan cannot start:\n  - hydra.dir '%s' cannot be used: %s".formatted(directory, e));
    }
  }

  private static @Nullable FileLock await(FileChannel channel) throws IOException {
    long begun = System.nanoTime();
    var lock = channel.tryLock();
    while (lock == null && System.nanoTime() - begun < PREDECESSOR.toNanos()) {
      LockSupport.parkNanos(MOMENT.toNanos());
      lock = channel.tryLock();
    }
    return lock;
  }

  /** Whether nobody else can have it. */
  public boolean isHeld() {
    return lock.isValid();
  }
}
