package io.hydra.docto.verify;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import org.graalvm.nativeimage.PinnedObject;
import org.graalvm.nativeimage.c.function.CFunction;
import org.graalvm.word.Pointer;
import org.graalvm.word.WordFactory;

/** {@link Folding} in native executables, by {@code crc_folding.c}. */
@TargetClass(Folding.class)
final class FoldingOfImages {
  private FoldingOfImages() {}

  @Substitute
  static boolean isAvailable() {
    return Functions.canFold() != 0;
  }

  @Substitute
  static long fold(long register, ByteBuffer bytes, Folding.Powers powers) {
    int length = bytes.remaining();
    if (length == 0) {
      return register;
    }
    int at = bytes.position();
    bytes.position(bytes.limit());
    if (bytes.hasArray()) {
      try (var pinned = PinnedObject.create(bytes.array())) {
        Pointer array = pinned.addressOfArrayElement(bytes.arrayOffset() + at);
        return Functions.fold(register, array, length, powers);
      }
    }
    try {
      // Of no bytes, and so of where those end that were taken.
      Pointer end = WordFactory.pointer(MemorySegment.ofBuffer(bytes).address());
      return Functions.fold(register, end.subtract(length), length, powers);
    } finally {
      Reference.reachabilityFence(bytes);
    }
  }

  /** Apart, as only native executables have these types. */
  private static final class Functions {
    private Functions() {}

    static long fold(long register, Pointer bytes, long length, Folding.Powers powers) {
      return fold(
          register,
          bytes,
          length,
          powers.farFirst(),
          powers.farLast(),
          powers.nearFirst(),
          powers.nearLast(),
          powers.polynomial());
    }

    @CFunction(value = "hydra_crc_can_fold", transition = CFunction.Transition.NO_TRANSITION)
    static native int canFold();

    /** Of half a mebibyte this takes a tenth of a millisecond: no reason to give up the thread. */
    @CFunction(value = "hydra_crc_fold", transition = CFunction.Transition.NO_TRANSITION)
    static native long fold(
        long register,
        Pointer bytes,
        long length,
        long farFirst,
        long farLast,
        long nearFirst,
        long nearLast,
        long polynomial);
  }
}
