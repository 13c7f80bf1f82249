package io.hydra.testing.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/**
 * Fetches nothing: writes as many bytes as a work has from memory, four writers at once, past the
 * page cache where files are large, and syncs them. Who has a work durably on this disk hardly
 * takes less time.
 */
final class DiskAlone implements Fetching {
  static final String TITLE = "disk alone";

  private static final int WRITERS = 4;
  private static final int PIECE_BYTES = 512 * 1024;
  private static final long SECTION_BYTES = 8L << 20;
  private static final int ALIGNMENT = 4096;
  private static final long SEED = 1;

  private final ByteBuffer bytes =
      ByteBuffer.allocateDirect(PIECE_BYTES + ALIGNMENT - 1)
          .alignedSlice(ALIGNMENT)
          .slice(0, PIECE_BYTES);

  DiskAlone() {
    var random = new Random(SEED);
    while (bytes.hasRemaining()) {
      bytes.putLong(random.nextLong());
    }
    bytes.clear();
  }

  @Override
  public String title() {
    return TITLE;
  }

  @Override
  public FetchSample fetch(FetchWork work, Path into) throws IOException, InterruptedException {
    Files.createDirectories(into);
    long begin = System.nanoTime();
    try (var writers = Executors.newFixedThreadPool(WRITERS)) {
      for (var written : writers.invokeAll(sections(work, into))) {
        written.get();
      }
    } catch (ExecutionException failed) {
      throw new IOException("the disk: " + failed.getMessage(), failed);
    }
    sync(into);
    var wall = Duration.ofNanos(System.nanoTime() - begin);
    return new FetchSample(wall, Duration.ZERO, Duration.ZERO, 0, Duration.ZERO);
  }

  private List<Callable<Void>> sections(FetchWork work, Path into) throws IOException {
    var sections = new ArrayList<Callable<Void>>();
    for (var object : work.objects()) {
      var file = into.resolve(object.key());
      Files.createDirectories(file.resolveSibling("."));
      for (long at = 0; at < work.fileBytes(); at += SECTION_BYTES) {
        long begin = at;
        long end = Math.min(work.fileBytes(), at + SECTION_BYTES);
        sections.add(
            () -> {
              write(file, begin, end);
              return null;
            });
      }
    }
    return sections;
  }

  private void write(Path file, long begin, long end) throws IOException {
    var options = new ArrayList<OpenOption>();
    options.add(StandardOpenOption.CREATE);
    options.add(StandardOpenOption.WRITE);
    if ((end - begin) % ALIGNMENT == 0 && end - begin >= PIECE_BYTES) {
      options.add(pastThePageCache());
    }
    try (var channel = FileChannel.open(file, options.toArray(OpenOption[]::new))) {
      for (long at = begin; at < end; ) {
        int length = (int) Math.min(PIECE_BYTES, end - at);
        at += channel.write(bytes.slice(0, length), at);
      }
    }
  }

  /** By its name: the JDK supports it, but the compiler has a warning that cannot be turned off. */
  private static OpenOption pastThePageCache() {
    try {
      return (OpenOption)
          Class.forName("com.sun.nio.file.ExtendedOpenOption").getField("DIRECT").get(null);
    } catch (ReflectiveOperationException absent) {
      throw new IllegalStateException("every JDK has ExtendedOpenOption.DIRECT", absent);
    }
  }

  private static void sync(Path into) throws IOException, InterruptedException {
    var sync = new ProcessBuilder("sync", "-f", into.toString()).inheritIO().start();
    if (sync.waitFor() != 0) {
      throw new IOException("sync failed with " + sync.exitValue());
    }
  }
}
