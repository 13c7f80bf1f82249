package io.hydra.docto.actual;

/** How far a content's copy on disk is. */
public sealed interface DiskCopy {

  record Absent() implements DiskCopy {}

  /**
   * Some of it lies in staging and nothing works on it.
   *
   * @param bytes that need not be fetched again
   * @param held bytes that its files take already, as their lengths tell: also of parts that were
   *     not received to their end and are fetched again in their place
   */
  record Staged(long bytes, long held) implements DiskCopy {}

  /** Found in the store at start, not yet checked. */
  record Uncertain() implements DiskCopy {}

  record Checking() implements DiskCopy {}

  /** In the store, but not what was committed. */
  record Damaged(String reason) implements DiskCopy {}

  /**
   * @param fetched bytes in staging so far
   * @param total bytes when complete
   */
  record Fetching(long fetched, long total) implements DiskCopy {}

  /** All there, being proven and committed. */
  record Verifying(long total) implements DiskCopy {}

  record Ready(CommittedContent content) implements DiskCopy {}

  record Evicting() implements DiskCopy {}

  /** Whether an operation works on it. */
  default boolean busy() {
    return switch (this) {
      case Checking _, Fetching _, Verifying _, Evicting _ -> true;
      case Absent _, Staged _, Uncertain _, Damaged _, Ready _ -> false;
    };
  }
}
