package io.hydra.docto.fakes;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/** FS_IOC_SHUTDOWN of Linux, by which file systems are tested against losses of power. */
final class Ioctl {
  private static final long SHUTDOWN = 0x8004587dL;

  /** What is not on the disk by now never comes there; the journal is not brought there either. */
  private static final int NO_LOG_FLUSH = 2;

  private static final MethodHandle OPEN =
      function(
          "open",
          FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT),
          Linker.Option.firstVariadicArg(2));

  private static final MethodHandle IOCTL =
      function(
          "ioctl",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS),
          Linker.Option.firstVariadicArg(2));

  private static final MethodHandle CLOSE =
      function("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

  private Ioctl() {}

  static void shutDown(Path mounted) {
    try (var arena = Arena.ofConfined()) {
      int descriptor = (int) OPEN.invokeExact(arena.allocateFrom(mounted.toString()), 0);
      int result =
          (int) IOCTL.invokeExact(descriptor, SHUTDOWN, arena.allocateFrom(JAVA_INT, NO_LOG_FLUSH));
      int closed = (int) CLOSE.invokeExact(descriptor);
      if (result != 0 || closed != 0) {
        throw new IllegalStateException("'" + mounted + "' cannot be shut down");
      }
    } catch (RuntimeException failed) {
      throw failed;
    } catch (Throwable impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @SuppressWarnings("restricted") // only the C library's own functions
  private static MethodHandle function(
      String name, FunctionDescriptor type, Linker.Option... options) {
    var linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), type, options);
  }
}
