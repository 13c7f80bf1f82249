package io.hydra.docto.fetch;

/**
 * Attempts beyond the first that the parts of one fetch may make together, so that a broken server
 * is not hammered by each part for itself. A token bucket as in the AWS SDKs' standard retry mode
 * (<a href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html">Retry
 * behavior</a>): a part that arrives after several attempts gives one of them back, one that
 * arrives at once a fifth.
 */
final class RetryBudget {
  private static final int OF_ONE_ATTEMPT = 5;

  private final int most;

  /** In fifths of an attempt. */
  private int left;

  /**
   * @param attempts that may fail in a row
   */
  RetryBudget(int attempts) {
    this.most = Math.multiplyExact(Math.max(0, attempts), OF_ONE_ATTEMPT);
    this.left = most;
  }

  /** Whether another attempt may be made; it is then paid for. */
  synchronized boolean take() {
    if (left < OF_ONE_ATTEMPT) {
      return false;
    }
    left -= OF_ONE_ATTEMPT;
    return true;
  }

  /** A part has arrived. */
  synchronized void giveBack(int attempts) {
    left = Math.min(most, left + (attempts > 1 ? OF_ONE_ATTEMPT : 1));
  }
}
