package io.hydra.nativeimage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.graalvm.nativeimage.c.function.CFunction;
import org.graalvm.word.Pointer;
import org.graalvm.word.UnsignedWord;
import org.graalvm.word.WordFactory;

/**
 * The pages of a native executable's own file that are resident. A start touches most of them; an
 * idle program needs few of them again.
 */
final class ExecutablePages {
  /**
   * Around each page that is touched, Linux also maps its neighbours, sixteen pages in all unless
   * the area ends before ({@code do_fault_around} in mm/memory.c). Code and initial objects that
   * are used now lie scattered, so most of the neighbours are of no use. Smaller areas still would
   * cost the kernel as much as they save.
   */
  private static final long UNWRITTEN_AREA_BYTES = 8 << 10;

  /** Larger, as dividing these adds to the time of the start. */
  private static final long INITIAL_OBJECTS_AREA_BYTES = 16 << 10;

  private final List<Mapping> unwritten;

  private ExecutablePages(List<Mapping> unwritten) {
    this.unwritten = unwritten;
  }

  /** A part of the address space that holds pages of a file and nothing else. */
  record Mapping(long from, long to) {
    private static final Pattern HEAD =
        Pattern.compile("(\\p{XDigit}+)-(\\p{XDigit}+) (\\S+) \\S+ \\S+ \\S+ +(.+)");

    private static final Pattern WRITTEN = Pattern.compile("(Anonymous|Swap): +[1-9]\\d* kB");

    /**
     * Those parts of a file whose pages can be had back from it. That a part is read-only now does
     * not say so: the linker writes relocated addresses into some before it protects them. Such
     * pages are anonymous, or in the swap, and what is in them is nowhere else.
     *
     * @param smaps lines as of proc_pid_smaps(5)
     */
    static List<Mapping> unwritten(Iterable<String> smaps, Path file) {
      var found = new ArrayList<Mapping>();
      boolean readOnly = false;
      for (var line : smaps) {
        var head = HEAD.matcher(line);
        if (head.matches()) {
          readOnly = head.group(3).matches("r-[x-]p") && isOf(head, file);
          if (readOnly) {
            found.add(of(head));
          }
        } else if (readOnly && WRITTEN.matcher(line).matches()) {
          found.removeLast();
          readOnly = false;
        }
      }
      return found;
    }

    /**
     * The objects that the program starts with, and may change.
     *
     * @param smaps lines as of proc_pid_smaps(5)
     */
    static List<Mapping> writable(Iterable<String> smaps, Path file) {
      var found = new ArrayList<Mapping>();
      for (var line : smaps) {
        var head = HEAD.matcher(line);
        if (head.matches() && head.group(3).equals("rw-p") && isOf(head, file)) {
          found.add(of(head));
        }
      }
      return found;
    }

    private static boolean isOf(Matcher head, Path file) {
      return head.group(4).equals(file.toString());
    }

    private static Mapping of(Matcher head) {
      return new Mapping(address(head.group(1)), address(head.group(2)));
    }

    private static long address(String hex) {
      return Long.parseUnsignedLong(hex, 16);
    }
  }

  /**
   * Finds them, and keeps the neighbours of initial objects out of memory: those can never be given
   * back, as threads write among them at any time. Both have to come before most of them are
   * touched. Afterwards there are thousands of areas, and reading about them all leaves more behind
   * in the heap than is gained. On the JVM there are none, and none where {@code /proc} cannot be
   * read.
   */
  static ExecutablePages atStart() {
    var found = new ArrayList<Mapping>();
    ifNative(
        file -> {
          var smaps = Files.readAllLines(Path.of("/proc/self/smaps"));
          found.addAll(Mapping.unwritten(smaps, file));
          Mapping.writable(smaps, file)
              .forEach(mapping -> Libc.divide(mapping, INITIAL_OBJECTS_AREA_BYTES));
        });
    return new ExecutablePages(found);
  }

  /** Has fewer neighbours come back; of what is used at the start, most are of use. */
  void divide() {
    unwritten.forEach(mapping -> Libc.divide(mapping, UNWRITTEN_AREA_BYTES));
  }

  @FunctionalInterface
  private interface OnExecutable {
    void accept(Path file) throws IOException;
  }

  private static void ifNative(OnExecutable work) {
    if (!"runtime".equals(System.getProperty("org.graalvm.nativeimage.imagecode"))) {
      return;
    }
    try {
      work.accept(Path.of("/proc/self/exe").toRealPath());
    } catch (IOException noProc) {
      // Then it takes more memory.
    }
  }

  /**
   * Gives them back to the page cache. What is still used comes back from there at the next touch,
   * for less than a microsecond a page.
   */
  void release() {
    unwritten.forEach(Libc::letGo);
  }

  /** Apart, as only native executables have these types. */
  private static final class Libc {
    private static final int MADV_DONTNEED = 4;
    private static final int MADV_NOHUGEPAGE = 15;

    private Libc() {}

    static void letGo(Mapping mapping) {
      advise(mapping.from, mapping.to, MADV_DONTNEED);
    }

    /**
     * Makes many small areas of a large one: two that differ in a flag are two, and this flag is of
     * no other consequence for pages of a file. Where the kernel knows no huge pages, or where
     * there are too many areas already, nothing happens.
     */
    static void divide(Mapping mapping, long areaBytes) {
      for (long at = mapping.from; at < mapping.to; at += 2 * areaBytes) {
        advise(at, Math.min(at + areaBytes, mapping.to), MADV_NOHUGEPAGE);
      }
    }

    private static void advise(long from, long to, int advice) {
      madvise(WordFactory.pointer(from), WordFactory.unsigned(to - from), advice);
    }

    /** See madvise(2). */
    @CFunction
    static native int madvise(Pointer address, UnsignedWord length, int advice);
  }
}
