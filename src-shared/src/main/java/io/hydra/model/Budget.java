package io.hydra.model;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import java.util.Optional;

/**
 * How much space a channel's datasets may take on each node. What several channels have counts for
 * each of them.
 *
 * @param disk bytes on disk, at least 1; no limit when empty
 * @param ram bytes in RAM, at least 1; no limit when empty
 */
public record Budget(Optional<Long> disk, Optional<Long> ram) {
  /** No limits. */
  public static final Budget NONE = new Budget(Optional.empty(), Optional.empty());

  /**
   * @throws HydraException {@code INVALID_REQUEST} where nothing would fit
   */
  public Budget {
    requirePositive("disk", disk);
    requirePositive("ram", ram);
  }

  private static void requirePositive(String medium, Optional<Long> bytes) {
    if (bytes.filter(limit -> limit < 1).isPresent()) {
      throw new HydraException(
          ErrorCode.INVALID_REQUEST,
          "budget: %s must be at least 1 byte; leave it out for no limit".formatted(medium));
    }
  }
}
