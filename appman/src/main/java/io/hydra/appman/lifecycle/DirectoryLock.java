package io.hydra.appman.lifecycle;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps two AppMans out of one directory. The system frees it when its holder dies. */
public final class DirectoryLock {
  /** Held, because a channel that nobody holds is closed at some time, and the lock with it. */
  private final FileLock lock;

  private DirectoryLock(FileLock lock) {
    this.lock = lock;
  }

  /**
   * Takes it until this process ends.
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
      var lock = channel.tryLock();
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

  /** Whether nobody else can have it. */
  public boolean isHeld() {
    return lock.isValid();
  }
}
