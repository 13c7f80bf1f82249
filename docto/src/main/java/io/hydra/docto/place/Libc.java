package io.hydra.docto.place;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Calls of the C library for which Java has no method, on Linux. Each gives what C gives, or -errno
 * where it fails. Native executables have {@link LibcOfImages} in place of these.
 */
final class Libc {
  /** See open(2); of all architectures of Linux, as the others here. */
  static final int O_RDONLY = 0;

  static final int O_WRONLY = 1;

  private static final int O_CLOEXEC = 0x80000;

  private Libc() {}

  /** Whether there are these calls, and a path means the same to them as to Java. */
  static boolean takes(Path path) {
    return System.getProperty("os.name").equals("Linux")
        && StandardCharsets.US_ASCII.newEncoder().canEncode(path.toString());
  }

  /** See open(2), of what is there. */
  static int open(String path, int flags) {
    try (var arena = Arena.ofConfined()) {
      var errno = arena.allocate(Foreign.STATE);
      var name = arena.allocateFrom(path);
      return Foreign.result((int) Foreign.OPEN.invokeExact(errno, name, flags | O_CLOEXEC), errno);
    } catch (Throwable impossible) {
      throw new IllegalStateException("open(2) takes these arguments", impossible);
    }
  }

  /** See fallocate(2), without flags. */
  static int fallocate(int descriptor, long at, long length) {
    try (var arena = Arena.ofConfined()) {
      var errno = arena.allocate(Foreign.STATE);
      return Foreign.result(
          (int) Foreign.FALLOCATE.invokeExact(errno, descriptor, 0, at, length), errno);
    } catch (Throwable impossible) {
      throw new IllegalStateException("fallocate(2) takes these arguments", impossible);
    }
  }

  /** See syncfs(2). */
  static int syncfs(int descriptor) {
    try (var arena = Arena.ofConfined()) {
      var errno = arena.allocate(Foreign.STATE);
      return Foreign.result((int) Foreign.SYNCFS.invokeExact(errno, descriptor), errno);
    } catch (Throwable impossible) {
      throw new IllegalStateException("syncfs(2) takes these arguments", impossible);
    }
  }

  /** See close(2). */
  static int close(int descriptor) {
    try (var arena = Arena.ofConfined()) {
      var errno = arena.allocate(Foreign.STATE);
      return Foreign.result((int) Foreign.CLOSE.invokeExact(errno, descriptor), errno);
    } catch (Throwable impossible) {
      throw new IllegalStateException("close(2) takes these arguments", impossible);
    }
  }

  /**
   * Of statvfs(3).
   *
   * @return files that may still be made there; {@link Long#MAX_VALUE} where the file system makes
   *     room for them as it goes
   */
  static long freeInodes(String path) {
    try (var arena = Arena.ofConfined()) {
      var errno = arena.allocate(Foreign.STATE);
      var result = arena.allocate(Statvfs.BYTES, Long.BYTES);
      int failed =
          Foreign.result(
              (int) Foreign.STATVFS.invokeExact(errno, arena.allocateFrom(path), result), errno);
      if (failed < 0) {
        return failed;
      }
      return result.get(JAVA_LONG, Statvfs.FILES) == 0
          ? Long.MAX_VALUE
          : result.get(JAVA_LONG, Statvfs.FILES_AVAILABLE);
    } catch (Throwable impossible) {
      throw new IllegalStateException("statvfs(3) takes these arguments", impossible);
    }
  }

  /** Places in {@code struct statvfs}, where {@code long} has 64 bits. */
  static final class Statvfs {
    /** More than it has. */
    static final int BYTES = 256;

    static final int FILES = 40;
    static final int FILES_AVAILABLE = 56;

    private Statvfs() {}
  }

  /** Apart, as native executables have none of it. */
  @SuppressWarnings("restricted") // allowed by the package's manifest
  private static final class Foreign {
    static final StructLayout STATE = Linker.Option.captureStateLayout();

    private static final VarHandle ERRNO =
        STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    static final MethodHandle OPEN =
        function(
            "open",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT),
            Linker.Option.firstVariadicArg(2));

    static final MethodHandle FALLOCATE =
        function(
            "fallocate", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG));

    static final MethodHandle SYNCFS =
        function("syncfs", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

    static final MethodHandle CLOSE = function("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

    static final MethodHandle STATVFS =
        function("statvfs", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));

    private Foreign() {}

    private static MethodHandle function(
        String name, FunctionDescriptor type, Linker.Option... more) {
      var options = new Linker.Option[more.length + 1];
      System.arraycopy(more, 0, options, 1, more.length);
      options[0] = Linker.Option.captureCallState("errno");
      var linker = Linker.nativeLinker();
      return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), type, options);
    }

    static int result(int returned, MemorySegment state) {
      return returned < 0 ? -(int) ERRNO.get(state, 0L) : returned;
    }
  }
}
