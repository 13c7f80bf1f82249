package io.hydra.docto.place;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import org.graalvm.nativeimage.UnmanagedMemory;
import org.graalvm.nativeimage.c.function.CFunction;
import org.graalvm.nativeimage.c.type.CCharPointer;
import org.graalvm.nativeimage.c.type.CIntPointer;
import org.graalvm.nativeimage.c.type.CTypeConversion;
import org.graalvm.word.Pointer;

/** {@link Libc} in native executables, where {@code java.lang.foreign} is not. */
@TargetClass(Libc.class)
final class LibcOfImages {
  private LibcOfImages() {}

  @Substitute
  static int open(String path, int flags) {
    try (var name = CTypeConversion.toCString(path)) {
      return Functions.result(Functions.open(name.get(), flags | Functions.O_CLOEXEC));
    }
  }

  @Substitute
  static int fallocate(int descriptor, long at, long length) {
    return Functions.result(Functions.fallocate(descriptor, 0, at, length));
  }

  @Substitute
  static int syncfs(int descriptor) {
    return Functions.result(Functions.syncfs(descriptor));
  }

  @Substitute
  static int close(int descriptor) {
    return Functions.result(Functions.close(descriptor));
  }

  @Substitute
  static long freeInodes(String path) {
    // Not on the stack: that of a virtual thread moves.
    Pointer result = UnmanagedMemory.malloc(Libc.Statvfs.BYTES);
    try (var name = CTypeConversion.toCString(path)) {
      int failed = Functions.result(Functions.statvfs(name.get(), result));
      if (failed < 0) {
        return failed;
      }
      return result.readLong(Libc.Statvfs.FILES) == 0
          ? Long.MAX_VALUE
          : result.readLong(Libc.Statvfs.FILES_AVAILABLE);
    } finally {
      UnmanagedMemory.free(result);
    }
  }

  /** Apart, as only native executables have these types. */
  private static final class Functions {
    static final int O_CLOEXEC = 0x80000;

    private Functions() {}

    static int result(int returned) {
      return returned < 0 ? -errnoLocation().read() : returned;
    }

    /** Its third argument is for files that are created. */
    @CFunction
    static native int open(CCharPointer path, int flags);

    @CFunction
    static native int fallocate(int descriptor, int mode, long at, long length);

    @CFunction
    static native int syncfs(int descriptor);

    @CFunction
    static native int close(int descriptor);

    @CFunction
    static native int statvfs(CCharPointer path, Pointer result);

    /** Where this thread's errno is, in glibc and musl. */
    @CFunction(value = "__errno_location", transition = CFunction.Transition.NO_TRANSITION)
    static native CIntPointer errnoLocation();
  }
}
