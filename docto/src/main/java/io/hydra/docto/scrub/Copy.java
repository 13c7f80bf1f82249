package io.hydra.docto.scrub;

import io.hydra.docto.actual.CommittedContent;
import io.hydra.docto.actual.Content;
import io.hydra.docto.actual.DiskCopy;
import io.hydra.docto.actual.RamCopy;
import io.hydra.model.Digest;
import java.util.stream.Stream;

/** One copy of what was committed. */
record Copy(CommittedContent content, Medium medium) {
  /** What tells copies apart. */
  record Id(Digest digest, Medium medium) {}

  Id id() {
    return new Id(content.digest(), medium);
  }

  /** Those of a content that are taken for whole. A copy in RAM is judged by the marker on disk. */
  static Stream<Copy> of(Content content) {
    if (!(content.disk() instanceof DiskCopy.Ready(var committed))) {
      return Stream.empty();
    }
    var onDisk = new Copy(committed, Medium.DISK);
    return content.ram() instanceof RamCopy.Ready
        ? Stream.of(onDisk, new Copy(committed, Medium.RAM))
        : Stream.of(onDisk);
  }

  /** Whether the content has it still. */
  boolean isIn(Content now) {
    return of(now).anyMatch(copy -> copy.medium() == medium);
  }

  /** The content with this copy marked as damaged, unless there is none any more. */
  Content damaged(Content now, String reason) {
    if (!isIn(now)) {
      return now;
    }
    return switch (medium) {
      case DISK -> now.withDisk(new DiskCopy.Damaged(reason));
      case RAM -> now.withRam(new RamCopy.Damaged(reason));
    };
  }
}
