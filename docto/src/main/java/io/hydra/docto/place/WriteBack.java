package io.hydra.docto.place;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * What the kernel writes to a file system's disk: watched from now on, so that {@link #finish}
 * knows of all that could not be written since.
 */
public interface WriteBack extends AutoCloseable {
  /**
   * Returns when all that was written to the file system before is on its disk.
   *
   * @return false where this cannot be done here after all: nothing is known of anything then
   * @throws IOException if something could not be written since the watch began, whoever wrote it
   */
  boolean finish() throws IOException;

  @Override
  void close();

  /** By syncfs(2), on Linux. */
  record OfKernel(int descriptor) implements WriteBack {
    private static final Logger LOG = Logger.getLogger(WriteBack.class);

    /** It tells of failed writes since Linux 5.8. */
    private static final int LEAST_MAJOR = 5;

    private static final int LEAST_MINOR = 8;

    /** Whose syncfs ends with all of a commit or log on the disk, the disk's own cache flushed. */
    private static final Set<String> FILE_SYSTEMS = Set.of("ext4", "xfs", "btrfs", "f2fs");

    /** EPERM, EINVAL and ENOSYS: it is not there, or not allowed. */
    private static final Set<Integer> REFUSALS = Set.of(1, 22, 38);

    private static final int EIO = 5;
    private static final int ENOSPC = 28;
    private static final int EDQUOT = 122;

    private static final Pattern VERSION = Pattern.compile("(\\d{1,6})\\.(\\d{1,6}).*");

    static Optional<WriteBack> of(Path directory) {
      try {
        if (!tellsOfFailures(System.getProperty("os.name"), System.getProperty("os.version"))
            || !FILE_SYSTEMS.contains(Files.getFileStore(directory).type())
            || !Libc.takes(directory)) {
          return Optional.empty();
        }
        int descriptor = Libc.open(directory.toString(), Libc.O_RDONLY);
        return descriptor < 0 ? Optional.empty() : Optional.of(new OfKernel(descriptor));
      } catch (IOException | RuntimeException | LinkageError absent) {
        LOG.debugf("files are synced one by one: %s", absent);
        return Optional.empty();
      }
    }

    static boolean tellsOfFailures(String system, String version) {
      var numbers = VERSION.matcher(version);
      if (!system.equals("Linux") || !numbers.matches()) {
        return false;
      }
      int major = Integer.parseInt(numbers.group(1));
      return major > LEAST_MAJOR
          || (major == LEAST_MAJOR && Integer.parseInt(numbers.group(2)) >= LEAST_MINOR);
    }

    /**
     * On a thread of its own: it may take seconds, and would keep other virtual threads waiting.
     */
    @Override
    public boolean finish() throws IOException {
      var result = new AtomicInteger(-EIO);
      join(started(() -> result.set(Libc.syncfs(descriptor))));
      return isDone(result.get());
    }

    private static Thread started(Runnable work) throws IOException {
      try {
        return Thread.ofPlatform().daemon().name("syncfs").start(work);
      } catch (OutOfMemoryError noThread) {
        throw new IOException("the system gives no thread to sync by", noThread);
      }
    }

    /**
     * @param result 0 or -errno
     */
    static boolean isDone(int result) throws IOException {
      if (result < 0 && !REFUSALS.contains(-result)) {
        throw new NotDurable(
            "what was written did not come to the disk (syncfs): " + meaning(-result));
      }
      return result >= 0;
    }

    /** In the words of the C library. */
    private static String meaning(int errno) {
      return switch (errno) {
        case EIO -> "Input/output error";
        case ENOSPC -> "No space left on device";
        case EDQUOT -> "Disk quota exceeded";
        default -> "error " + errno;
      };
    }

    /** To the end: the descriptor must not be closed, and used for something else, before. */
    private static void join(Thread waiting) {
      boolean interrupted = false;
      while (waiting.isAlive()) {
        try {
          waiting.join();
        } catch (InterruptedException later) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void close() {
      var unused = Libc.close(descriptor);
    }
  }
}
