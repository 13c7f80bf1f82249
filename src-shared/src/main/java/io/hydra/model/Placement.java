package io.hydra.model;

import java.util.Locale;
import java.util.Optional;

/** Where consumers read a dataset from. */
public enum Placement {
  /** From the node's disk; 0 in a data template. */
  DISK,
  /** From a ram-disk that is filled from the disk copy; 1 in a data template. */
  RAM;

  /** Reads a template's value: a name in any case, or its number; empty for anything else. */
  public static Optional<Placement> parse(String text) {
    return switch (text.strip().toUpperCase(Locale.ROOT)) {
      case "0", "DISK" -> Optional.of(DISK);
      case "1", "RAM" -> Optional.of(RAM);
      default -> Optional.empty();
    };
  }
}
