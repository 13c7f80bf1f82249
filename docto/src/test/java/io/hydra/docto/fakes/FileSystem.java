package io.hydra.docto.fakes;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A small file system of a test's own, which can become full, read-only, broken, or lose what was
 * not synced. Takes root and a loop device; tests are skipped where they are not to be had.
 */
public final class FileSystem implements AutoCloseable {
  private static final String FILLER = "of-somebody-else";

  private final Path mounted;
  private final Optional<Path> image;
  private final List<String> mount;
  private boolean damaged;

  private FileSystem(Path mounted, Optional<Path> image, List<String> mount) {
    this.mounted = mounted;
    this.image = image;
    this.mount = mount;
  }

  /**
   * ext4 in a file; none of it is kept back for root.
   *
   * @param mounted a directory that is made
   * @param bytes of the file
   * @param more options of mkfs.ext4
   */
  public static FileSystem ext4(Path mounted, long bytes, String... more) {
    assumeRoot();
    var image = mounted.resolveSibling(mounted.getFileName() + ".img");
    try {
      Files.createDirectories(mounted);
      try (var channel =
          FileChannel.open(image, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        channel.write(ByteBuffer.allocate(1), bytes - 1);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var format = new ArrayList<>(List.of("mkfs.ext4", "-q", "-F", "-m", "0"));
    format.addAll(List.of(more));
    format.add(image.toString());
    assumeTrue(succeeds(format), "an ext4 file system cannot be made here (mkfs.ext4)");
    var mount =
        List.of(
            "mount",
            "-t",
            "ext4",
            "-o",
            "loop,errors=remount-ro",
            image.toString(),
            mounted.toString());
    assumeTrue(succeeds(mount), "a file cannot be mounted here (loop devices)");
    return new FileSystem(mounted, Optional.of(image), mount);
  }

  /**
   * A tmpfs.
   *
   * @param options of its mount, as {@code size=1M,nr_inodes=40}
   */
  public static FileSystem tmpfs(Path mounted, String options) {
    assumeRoot();
    try {
      Files.createDirectories(mounted);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var mount = List.of("mount", "-t", "tmpfs", "-o", options, "tmpfs", mounted.toString());
    assumeTrue(succeeds(mount), "a tmpfs cannot be mounted here");
    return new FileSystem(mounted, Optional.empty(), mount);
  }

  /** Others take all the space that is left. */
  public void fill() {
    var file = mounted.resolve(FILLER);
    try (var channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      for (int step = 4 << 20; step >= 4096; ) {
        step = append(channel, step) ? step : step / 2;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean append(FileChannel channel, int bytes) {
    try {
      channel.write(ByteBuffer.allocate(bytes), channel.size());
      return true;
    } catch (IOException full) {
      return false;
    }
  }

  /** They give it back. */
  public void free() {
    try {
      Files.delete(mounted.resolve(FILLER));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Others make so many files. */
  public void makeFiles(int count) {
    try {
      Files.createDirectories(mounted.resolve(FILLER));
      for (int i = 0; i < count; i++) {
        Files.createFile(mounted.resolve(FILLER).resolve(Integer.toString(i)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** They remove them. */
  public void removeFiles() {
    try (var files = Files.newDirectoryStream(mounted.resolve(FILLER))) {
      for (var file : files) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void remount(String options) {
    run(List.of("mount", "-o", "remount," + options, mounted.toString()));
  }

  /** As ext4 does by itself when it meets damage: it becomes read-only, also for open files. */
  public void becomeReadOnly() {
    var trigger =
        Path.of("/sys/fs/ext4")
            .resolve(Path.of(device()).getFileName())
            .resolve("trigger_fs_error");
    assumeTrue(Files.exists(trigger), "this kernel triggers no errors of ext4");
    try {
      Files.writeString(trigger, "1");
      damaged = true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The power is cut: what is not on the disk is lost, and everything fails from now on. */
  public void cutPower() {
    Ioctl.shutDown(mounted);
  }

  /** Mounted anew, as when the machine is back. To be called when nobody uses it. */
  public void comeBack() {
    unmount();
    if (damaged) {
      image.ifPresent(FileSystem::mend);
      damaged = false;
    }
    run(mount);
  }

  private static void mend(Path image) {
    int found = runForCode(List.of("e2fsck", "-p", image.toString()));
    if (found > 1) {
      throw new IllegalStateException("e2fsck ends with " + found);
    }
  }

  @Override
  public void close() {
    unmount();
  }

  private void unmount() {
    var command = List.of("umount", mounted.toString());
    await("the end of what uses " + mounted)
        .atMost(Duration.ofSeconds(20))
        .until(() -> !isMounted() || succeeds(command));
  }

  private boolean isMounted() {
    return succeeds(List.of("mountpoint", "-q", mounted.toString()));
  }

  private String device() {
    return output(List.of("findmnt", "-n", "-o", "SOURCE", mounted.toString())).strip();
  }

  private static void assumeRoot() {
    assumeTrue(
        Files.exists(Path.of("/dev/loop-control")) && output(List.of("id", "-u")).equals("0\n"),
        "mounting takes root and loop devices");
  }

  private static boolean succeeds(List<String> command) {
    return runForCode(command) == 0;
  }

  private static void run(List<String> command) {
    if (!succeeds(command)) {
      throw new IllegalStateException("fails: " + String.join(" ", command));
    }
  }

  private static int runForCode(List<String> command) {
    try {
      var process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(60, TimeUnit.SECONDS) ? process.exitValue() : -1;
    } catch (IOException absent) {
      return 127;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String output(List<String> command) {
    try {
      var process = new ProcessBuilder(command).start();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException absent) {
      return "";
    }
  }
}
