package io.hydra.docto.operate;

import io.hydra.docto.config.FetchConfig;
import io.hydra.docto.pace.Backoff;
import io.hydra.docto.place.NotDurable;
import io.hydra.error.ErrorCode;
import java.time.Duration;

/**
 * How long it takes until what failed is tried again.
 *
 * @param common for whatever may be better in a moment
 * @param ofDisk where all was lost that had been fetched: a disk that loses what it was told to
 *     keep is not better in a moment, and each attempt costs the whole dataset's bytes
 */
record Delays(Backoff common, Backoff ofDisk) {
  /** The first pause is at least half of it. */
  private static final Duration FIRST_OF_DISK = Duration.ofMinutes(2);

  private static final Duration MOST_OF_DISK = Duration.ofMinutes(30);

  static Delays of(FetchConfig config) {
    return new Delays(
        new Backoff(config.retryFirst(), config.retryMax()),
        new Backoff(
            longer(FIRST_OF_DISK, config.retryFirst()), longer(MOST_OF_DISK, config.retryMax())));
  }

  /**
   * @param attempts that failed in a row
   */
  Duration after(Exception failure, int attempts) {
    if (failure instanceof NotDurable) {
      return ofDisk.atLeastHalf(attempts);
    }
    // What was published is gone: only a person can bring it back, so there is no hurry.
    return Failures.describe(failure).code() == ErrorCode.SOURCE_CHANGED
        ? common.max()
        : common.atLeastHalf(attempts);
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? other : one;
  }
}
