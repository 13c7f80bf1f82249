package io.hydra.testing.demo;

import io.hydra.testing.stage.StageDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Says that a running demo owns its directory: a locked file, as a lock ends with its process,
 * however that ends. A directory whose claim nobody holds was left behind by a killed demo; one
 * without a claim is kept on purpose.
 */
final class Claim implements AutoCloseable {
  private static final String NAME = "claim";
  private static final String DIRECTORIES = "demo-*";

  private final Path file;
  private final FileChannel channel;

  private Claim(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  static Claim on(Path directory) throws IOException {
    var unclaimed = directory.resolve(NAME + ".new");
    var channel =
        FileChannel.open(unclaimed, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    if (channel.tryLock() == null) {
      throw new IOException("claimed by another: " + directory);
    }
    // Under its name only now that it is locked: another demo that starts must not take it.
    var file = Files.move(unclaimed, directory.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
    return new Claim(file, channel);
  }

  /** Removes the demos' directories whose owner is gone. */
  static void discardAbandoned(Path parent) throws IOException {
    try (var directories = Files.newDirectoryStream(parent, DIRECTORIES)) {
      for (var directory : directories) {
        discardIfAbandoned(directory);
      }
    }
  }

  private static void discardIfAbandoned(Path directory) {
    try {
      if (isAbandoned(directory)) {
        new StageDirectory(directory).discard();
      }
    } catch (IOException | UncheckedIOException left) {
      // Another demo may be removing it too; what stays is no reason not to start.
      System.err.println("left behind: " + directory + ": " + left);
    }
  }

  private static boolean isAbandoned(Path directory) throws IOException {
    var file = directory.resolve(NAME);
    if (Files.notExists(file)) {
      return false;
    }
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException ours) {
      return false;
    }
  }

  /** The directory is kept for someone to look into. */
  void giveUp() throws IOException {
    Files.deleteIfExists(file);
    close();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
