package io.hydra.docto.place;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import org.graalvm.nativeimage.c.function.CFunction;
import org.graalvm.nativeimage.c.type.CCharPointer;
import org.graalvm.nativeimage.c.type.CIntPointer;
import org.graalvm.nativeimage.c.type.CTypeConversion;

/** {@link Libc} in native executables, where {@code java.lang.foreign} is not. */
@TargetClass(Libc.class)
final class LibcOfImages {
  private static final int O_CLOEXEC = 0x80000;

  private LibcOfImages() {}

  @Substitute
  static int open(String directory) {
    try (var path = CTypeConversion.toCString(directory)) {
      return result(Functions.open(path.get(), O_CLOEXEC));
    }
  }

  @Substitute
  static int syncfs(int descriptor) {
    return result(Functions.syncfs(descriptor));
  }

  @Substitute
  static int close(int descriptor) {
    return result(Functions.close(descriptor));
  }

  private static int result(int returned) {
    return returned < 0 ? -Functions.errnoLocation().read() : returned;
  }

  /** Apart, as only native executables have these types. */
  private static final class Functions {
    private Functions() {}

    /** Its third argument is for files that are created. */
    @CFunction
    static native int open(CCharPointer path, int flags);

    @CFunction
    static native int syncfs(int descriptor);

    @CFunction
    static native int close(int descriptor);

    /** Where this thread's errno is, in glibc and musl. */
    @CFunction(value = "__errno_location", transition = CFunction.Transition.NO_TRANSITION)
    static native CIntPointer errnoLocation();
  }
}
