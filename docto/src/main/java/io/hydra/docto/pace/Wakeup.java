package io.hydra.docto.pace;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A signal that one loop waits for; any number of signals while it is busy count as one. */
public final class Wakeup {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition signalled = lock.newCondition();
  private boolean pending;

  public void signal() {
    lock.lock();
    try {
      pending = true;
      signalled.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Returns at the next signal, at once if there was one since the last call, or in time. */
  public void await(Duration atMost) throws InterruptedException {
    lock.lock();
    try {
      long left = atMost.toNanos();
      while (!pending && left > 0) {
        left = signalled.awaitNanos(left);
      }
      pending = false;
    } finally {
      lock.unlock();
    }
  }

  /** Waits out the whole duration, whatever is signalled meanwhile. */
  public static void pause(Duration duration) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(duration.toNanos());
  }
}
