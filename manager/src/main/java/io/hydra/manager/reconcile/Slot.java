package io.hydra.manager.reconcile;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The newest order for one registered agent, which callers can wait for. */
final class Slot<T> {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private T order;
  private long epoch;
  private boolean closed;
  private final List<Waiting> listeners = new ArrayList<>(1);

  private record Waiting(long since, Runnable listener) {}

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

  /**
   * Those who block are told; listeners are by {@link #tell}.
   *
   * @return false where the registration has ended: then nobody is told
   */
  boolean publish(long newEpoch, T newOrder) {
    lock.lock();
    try {
      if (closed) {
        return false;
      }
      epoch = newEpoch;
      order = newOrder;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    return true;
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
    tell();
  }

  /**
   * Calls back once, on the thread of whoever tells or closes, when there is an order newer than
   * {@code since} or nothing will come any more.
   *
   * @return takes the listener back; empty where that is so already and it is not called
   */
  Optional<Runnable> onNews(long since, Runnable listener) {
    lock.lock();
    try {
      if (epoch > since || closed) {
        return Optional.empty();
      }
      var waiting = new Waiting(since, listener);
      listeners.add(waiting);
      return Optional.of(() -> leave(waiting));
    } finally {
      lock.unlock();
    }
  }

  private void leave(Waiting waiting) {
    lock.lock();
    try {
      listeners.remove(waiting);
    } finally {
      lock.unlock();
    }
  }

  /** Calls listeners of what was published; without the lock, which they may want. */
  void tell() {
    List<Waiting> due;
    lock.lock();
    try {
      due = listeners.stream().filter(waiting -> closed || epoch > waiting.since()).toList();
      listeners.removeAll(due);
    } finally {
      lock.unlock();
    }
    due.forEach(waiting -> waiting.listener().run());
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
