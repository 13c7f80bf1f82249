package io.hydra.nativeimage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.graalvm.nativeimage.c.function.CFunction;
import org.graalvm.word.Pointer;
import org.graalvm.word.UnsignedWord;
import org.graalvm.word.WordFactory;

/**
 * The pages of a native executable's own file that are resident. A start touches most of them, and
 * the kernel maps sixteen for each that is touched; an idle program needs few of them again.
 */
public final class ExecutablePages {
  private ExecutablePages() {}

  /**
   * A part of the address space that a file lies in, read-only, so that nothing in it can be lost.
   */
  record Mapping(long from, long to) {
    /**
     * Those of a file.
     *
     * @param maps lines as of proc_pid_maps(5)
     */
    static List<Mapping> readOnly(Iterable<String> maps, Path file) {
      var found = new ArrayList<Mapping>();
      for (var line : maps) {
        // from-to permissions offset device inode path
        var fields = line.split("\\s+", 6);
        boolean readOnly = fields.length == 6 && fields[1].matches("r-[x-]p");
        if (readOnly && fields[5].equals(file.toString())) {
          var range = fields[0].split("-", 2);
          found.add(
              new Mapping(
                  Long.parseUnsignedLong(range[0], 16), Long.parseUnsignedLong(range[1], 16)));
        }
      }
      return found;
    }
  }

  /**
   * Gives the unchangeable pages of the executable back to the page cache; what is still used comes
   * back from there at the next touch, for less than a microsecond a page. On the JVM it does
   * nothing, and where {@code /proc} cannot be read neither.
   */
  public static void release() {
    if (!"runtime".equals(System.getProperty("org.graalvm.nativeimage.imagecode"))) {
      return;
    }
    try {
      var executable = Path.of("/proc/self/exe").toRealPath();
      for (var mapping :
          Mapping.readOnly(Files.readAllLines(Path.of("/proc/self/maps")), executable)) {
        Libc.letGo(mapping.from, mapping.to - mapping.from);
      }
    } catch (IOException noProc) {
      return;
    }
  }

  /** Apart, as only native executables have these types. */
  private static final class Libc {
    private static final int MADV_DONTNEED = 4;

    private Libc() {}

    static void letGo(long address, long bytes) {
      madvise(WordFactory.pointer(address), WordFactory.unsigned(bytes), MADV_DONTNEED);
    }

    /** See madvise(2). */
    @CFunction
    static native int madvise(Pointer address, UnsignedWord length, int advice);
  }
}
