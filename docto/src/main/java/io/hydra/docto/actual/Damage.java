package io.hydra.docto.actual;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * What was found wrong with a content's copies since each of them was last whole: also while it is
 * removed and fetched again.
 *
 * @param onDisk a sentence
 * @param inRam a sentence
 */
public record Damage(Optional<String> onDisk, Optional<String> inRam) {
  static final Damage NONE = new Damage(Optional.empty(), Optional.empty());

  /** All of it in one sentence; empty where nothing is wrong. */
  public Optional<String> sentence() {
    return Stream.of(onDisk.map("on disk: "::concat), inRam.map("in RAM: "::concat))
        .flatMap(Optional::stream)
        .reduce((disk, ram) -> disk + "; " + ram);
  }

  Damage after(DiskCopy disk) {
    return switch (disk) {
      case DiskCopy.Damaged(String reason) -> new Damage(Optional.of(reason), inRam);
      case DiskCopy.Ready _ -> new Damage(Optional.empty(), inRam);
      case DiskCopy.Absent _, DiskCopy.Staged _, DiskCopy.Uncertain _, DiskCopy.Checking _ -> this;
      case DiskCopy.Fetching _, DiskCopy.Verifying _, DiskCopy.Evicting _ -> this;
    };
  }

  Damage after(RamCopy ram) {
    return switch (ram) {
      case RamCopy.Damaged(String reason) -> new Damage(onDisk, Optional.of(reason));
      case RamCopy.Ready _ -> new Damage(onDisk, Optional.empty());
      case RamCopy.Absent _, RamCopy.Uncertain _, RamCopy.Checking _ -> this;
      case RamCopy.Copying _, RamCopy.Mending _, RamCopy.Evicting _ -> this;
    };
  }
}
