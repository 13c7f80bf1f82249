package io.hydra.manager.reconcile;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The newest order for one registered agent, which callers can wait for. */
final class Slot<T> {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private T order;
  private long epoch;
  private boolean closed;

  Slot(T nothingYet) {
    order = nothingYet;
  }

  T order() {
    lock.lock();
    try {
      return order;
    } finally {
      lock.unlock();
    }
  }

  /** False where the registration has ended: then nobody is told. */
  boolean publish(long newEpoch, T newOrder) {
    lock.lock();
    try {
      if (closed) {
        return false;
      }
      epoch = newEpoch;
      order = newOrder;
      changed.signalAll();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Answers every waiting caller now and later ones at once: nothing will come any more. */
  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The order once it is newer than {@code since}, or whatever it is when the wait is over. */
  T await(long since, Duration wait) {
    lock.lock();
    try {
      long left = wait.toNanos();
      while (epoch <= since && !closed && left > 0) {
        left = changed.awaitNanos(left);
      }
      return order;
    } catch (InterruptedException e) {
      // The caller's connection or the program ends; what stands is still a true answer.
      Thread.currentThread().interrupt();
      return order;
    } finally {
      lock.unlock();
    }
  }
}
