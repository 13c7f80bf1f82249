package io.hydra.docto.reconcile;

import io.hydra.docto.actual.Content;
import io.hydra.docto.actual.DiskCopy;
import io.hydra.docto.actual.RamCopy;
import io.hydra.docto.retention.Retention;
import io.hydra.model.Budget;
import io.hydra.model.Digest;
import io.hydra.wire.ClaimedContent;
import java.util.Optional;

/** Where copies lie, and what they take there. All sizes in bytes. */
enum Tier {
  DISK("on disk") {
    @Override
    boolean counts(ClaimedContent content) {
      return true;
    }

    @Override
    Optional<Long> limit(Budget budget) {
      return budget.disk();
    }

    @Override
    long taken(Content content, long whole) {
      return switch (content.disk()) {
        case DiskCopy.Absent _ -> 0;
        case DiskCopy.Staged(long _, long held) -> held;
        case DiskCopy.Fetching(long _, long total) -> total;
        case DiskCopy.Verifying(long total) -> total;
        case DiskCopy.Ready(var committed) -> committed.bytes();
        case DiskCopy.Uncertain _, DiskCopy.Checking _ -> whole;
        case DiskCopy.Damaged _, DiskCopy.Evicting _ -> whole;
      };
    }

    @Override
    long unwritten(Content content) {
      return content.disk() instanceof DiskCopy.Fetching(long fetched, long total)
          ? Math.max(0, total - fetched)
          : 0;
    }

    @Override
    boolean isEvicting(Content content) {
      return content.disk() instanceof DiskCopy.Evicting;
    }

    @Override
    boolean keeps(Digest digest, Retention retention) {
      return retention.disk().contains(digest);
    }

    @Override
    boolean isRemovable(Content content, Retention retention) {
      return retention.removableFromDisk(content.digest());
    }
  },
  RAM("in RAM") {
    @Override
    boolean counts(ClaimedContent content) {
      return content.ram();
    }

    @Override
    Optional<Long> limit(Budget budget) {
      return budget.ram();
    }

    @Override
    long taken(Content content, long whole) {
      return switch (content.ram()) {
        case RamCopy.Absent _ -> 0;
        case RamCopy.Copying(long _, long total) -> total;
        case RamCopy.Uncertain _, RamCopy.Checking _, RamCopy.Damaged _ -> whole;
        case RamCopy.Mending _, RamCopy.Ready _, RamCopy.Evicting _ -> whole;
      };
    }

    @Override
    long unwritten(Content content) {
      return content.ram() instanceof RamCopy.Copying(long copied, long total)
          ? Math.max(0, total - copied)
          : 0;
    }

    @Override
    boolean isEvicting(Content content) {
      return content.ram() instanceof RamCopy.Evicting;
    }

    @Override
    boolean keeps(Digest digest, Retention retention) {
      return retention.ram().contains(digest);
    }

    @Override
    boolean isRemovable(Content content, Retention retention) {
      return retention.removableFromRam(content.digest());
    }
  };

  private final String words;

  Tier(String words) {
    this.words = words;
  }

  /** As sentences have it. */
  String words() {
    return words;
  }

  abstract boolean counts(ClaimedContent content);

  abstract Optional<Long> limit(Budget budget);

  /**
   * What the copy takes, or will have taken when what runs has ended.
   *
   * @param whole of a whole copy, where its state does not tell
   */
  abstract long taken(Content content, long whole);

  /** What runs has reserved and not yet written. */
  abstract long unwritten(Content content);

  abstract boolean isEvicting(Content content);

  /** Whether the order has it stay. */
  abstract boolean keeps(Digest digest, Retention retention);

  /** Whether the copy, if there is one, may go. */
  abstract boolean isRemovable(Content content, Retention retention);
}
