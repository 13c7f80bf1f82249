package io.hydra.docto.actual;

/** How far a content's copy in RAM is. */
public sealed interface RamCopy {

  record Absent() implements RamCopy {}

  /** Found at start, not yet checked. */
  record Uncertain() implements RamCopy {}

  record Checking() implements RamCopy {}

  /** Visible, but not what was committed. */
  record Damaged(String reason) implements RamCopy {}

  /** What is wrong in it is written anew, from the disk copy. */
  record Mending() implements RamCopy {}

  /**
   * @param copied bytes so far
   * @param total bytes when complete
   */
  record Copying(long copied, long total) implements RamCopy {}

  record Ready() implements RamCopy {}

  record Evicting() implements RamCopy {}

  /** Whether an operation works on it. */
  default boolean busy() {
    return switch (this) {
      case Checking _, Copying _, Mending _, Evicting _ -> true;
      case Absent _, Uncertain _, Damaged _, Ready _ -> false;
    };
  }
}
