package io.hydra.nativeimage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
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

  /** A part of the address space that holds pages of a file and nothing else. */
  record Mapping(long from, long to) {
    private static final Pattern HEAD =
        Pattern.compile("(\\p{XDigit}+)-(\\p{XDigit}+) (\\S+) \\S+ \\S+ \\S+ +(.+)");

    /**
     * Those parts of a file whose pages can be had back from it. That a part is read-only now does
     * not say so: the linker writes relocated addresses into some before it protects them. Such
     * pages are anonymous, and what is in them is nowhere else.
     *
     * @param smaps lines as of proc_pid_smaps(5)
     */
    static List<Mapping> unwritten(Iterable<String> smaps, Path file) {
      var found = new ArrayList<Mapping>();
      Optional<Mapping> readOnly = Optional.empty();
      for (var line : smaps) {
        var head = HEAD.matcher(line);
        if (head.matches()) {
          readOnly =
              head.group(3).matches("r-[x-]p") && head.group(4).equals(file.toString())
                  ? Optional.of(new Mapping(address(head.group(1)), address(head.group(2))))
                  : Optional.empty();
        } else if (line.matches("Anonymous: +0 kB")) {
          readOnly.ifPresent(found::add);
        }
      }
      return found;
    }

    private static long address(String hex) {
      return Long.parseUnsignedLong(hex, 16);
    }
  }

  /**
   * Gives the unwritten pages of the executable back to the page cache; what is still used comes
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
          Mapping.unwritten(Files.readAllLines(Path.of("/proc/self/smaps")), executable)) {
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
