package io.hydra.docto.fetch;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.Semaphore;

/**
 * Buffers for parts under way, used again from part to part and from fetch to fetch. Some time
 * after the last fetch they are let go: an idle Docto is to be small.
 */
final class PartBuffers {
  private static final Duration KEPT = Duration.ofSeconds(5);

  /** At once; 36 MiB, a third of what Docto may have while it fetches. */
  static final int MOST = 64;

  private final Semaphore allowed = new Semaphore(MOST);

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

  /** Waits for one where very many are in use. */
  PartBuffer take() throws InterruptedException {
    allowed.acquire();
    try {
      return freeOrNew();
    } catch (OutOfMemoryError full) {
      allowed.release();
      throw full;
    }
  }

  void giveBack(PartBuffer buffer) {
    keep(buffer);
    allowed.release();
  }

  private synchronized PartBuffer freeOrNew() {
    return free.isEmpty() ? new PartBuffer() : free.pop();
  }

  private synchronized void keep(PartBuffer buffer) {
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

  /** Unless something was fetched since, or nothing needed a buffer. */
  private synchronized boolean letGo(long lull) {
    if (fetches > 0 || lulls != lull || free.isEmpty()) {
      return false;
    }
    free.clear();
    return true;
  }
}
