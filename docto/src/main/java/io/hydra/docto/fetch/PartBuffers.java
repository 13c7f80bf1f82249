package io.hydra.docto.fetch;

import java.time.Duration;
import java.util.ArrayDeque;

/**
 * Buffers for parts under way, used again from part to part and from fetch to fetch. Some time
 * after the last fetch they are let go: an idle Docto is to be small.
 */
final class PartBuffers {
  private static final Duration KEPT = Duration.ofSeconds(5);

  private final ArrayDeque<PartBuffer> free = new ArrayDeque<>();
  private int fetches;
  private long lulls;

  /** A fetch begins. */
  synchronized void begin() {
    fetches++;
  }

  /** A fetch has ended, and has given back all that it took. */
  synchronized void end() {
    fetches--;
    if (fetches == 0) {
      lulls++;
      long lull = lulls;
      Thread.ofVirtual().start(() -> letGoAfter(lull));
    }
  }

  synchronized PartBuffer take() {
    return free.isEmpty() ? new PartBuffer() : free.pop();
  }

  synchronized void giveBack(PartBuffer buffer) {
    free.push(buffer);
  }

  private void letGoAfter(long lull) {
    try {
      Thread.sleep(KEPT);
    } catch (InterruptedException ending) {
      return;
    }
    if (letGo(lull)) {
      // Memory outside the heap is given back when the collector finds it unused, and an idle
      // program has no reason to look.
      System.gc();
    }
  }

  /** Unless something was fetched since. */
  private synchronized boolean letGo(long lull) {
    if (fetches > 0 || lulls != lull) {
      return false;
    }
    free.clear();
    return true;
  }
}
