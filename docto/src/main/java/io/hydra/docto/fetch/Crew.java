package io.hydra.docto.fetch;

import io.hydra.docto.source.FetchException;
import java.io.IOException;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Works off items with a few threads: as many as a gate lets in, and one that waits there. The
 * first failure stops the others and is thrown; an interrupt of the caller stops all.
 *
 * <p>These are threads of the system. What they do is to wait in the kernel, for sockets and disks:
 * a virtual thread takes four system calls and another thread for one read that has to wait, and
 * has others started in its place around each call about a file.
 */
final class Crew<T> {
  private static final Logger LOG = Logger.getLogger(Crew.class);

  /** What is done with one item. */
  @FunctionalInterface
  interface Work<T> {
    void on(T item) throws IOException, FetchException, InterruptedException;
  }

  /** Who lets threads work. */
  interface Gate {
    /** Waits until one may begin. */
    void enter() throws InterruptedException;

    /** Whether who has done one item may go on with the next; else it is to leave. */
    boolean mayGoOn();

    void leave();
  }

  /** Lets all in. */
  private static final class OpenGate implements Gate {
    @Override
    public void enter() {}

    @Override
    public boolean mayGoOn() {
      return true;
    }

    @Override
    public void leave() {}
  }

  private final Work<T> work;
  private final int most;
  private final Gate gate;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ended = lock.newCondition();

  // All of these under the lock.
  private final Iterator<T> queue;
  private final Set<Thread> threads = new HashSet<>();
  private int atGate;
  private int begun;
  private @Nullable Throwable first;

  private Crew(Iterator<T> items, int most, Gate gate, Work<T> work) {
    this.queue = items;
    this.most = most;
    this.gate = gate;
    this.work = work;
  }

  /**
   * With so many threads, or as many as there are items.
   *
   * @param items asked for one by one, by one thread at a time
   */
  static <T> void workOff(Iterator<T> items, int workers, Work<T> work)
      throws IOException, FetchException, InterruptedException {
    workOff(items, workers, new OpenGate(), work);
  }

  /**
   * @param items asked for one by one, by one thread at a time
   * @param most threads, whatever the gate says
   */
  static <T> void workOff(Iterator<T> items, int most, Gate gate, Work<T> work)
      throws IOException, FetchException, InterruptedException {
    var crew = new Crew<>(items, most, gate, work);
    crew.hire();
    crew.awaitAll();
    rethrow(crew.first);
  }

  /** Where nobody waits at the gate although there is something to do, somebody shall. */
  private void hire() {
    lock.lock();
    try {
      if (first != null || !queue.hasNext() || atGate > 0 || threads.size() >= most) {
        return;
      }
      var thread = Thread.ofPlatform().name("fetch-" + begun).daemon().unstarted(this::run);
      threads.add(thread);
      atGate++;
      try {
        thread.start();
        begun++;
      } catch (OutOfMemoryError noThread) {
        threads.remove(thread);
        atGate--;
        without(noThread);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Where the system gives no more threads, those that there are go on. */
  private void without(OutOfMemoryError noThread) {
    if (threads.isEmpty()) {
      first = noThread;
    } else {
      LOG.debugf("going on with %d threads: %s", threads.size(), noThread.getMessage());
    }
  }

  private void run() {
    try {
      do {
        gate.enter();
        try {
          inside();
          workOn();
        } finally {
          gate.leave();
        }
      } while (waitsOnceMore());
    } catch (Throwable e) {
      // Also an Error: what was not done must not be taken for done.
      fail(e);
    } finally {
      end();
    }
  }

  private void inside() {
    lock.lock();
    try {
      atGate--;
    } finally {
      lock.unlock();
    }
    hire();
  }

  private void workOn() throws IOException, FetchException, InterruptedException {
    for (var item = next(); item != null; item = gate.mayGoOn() ? next() : null) {
      work.on(item);
      hire();
    }
  }

  private @Nullable T next() {
    lock.lock();
    try {
      return first == null && queue.hasNext() ? queue.next() : null;
    } finally {
      lock.unlock();
    }
  }

  /** One that waits is enough. */
  private boolean waitsOnceMore() {
    lock.lock();
    try {
      if (first != null || !queue.hasNext() || atGate > 0) {
        return false;
      }
      atGate++;
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void fail(Throwable failure) {
    lock.lock();
    try {
      if (first == null) {
        first = failure;
        threads.forEach(Thread::interrupt);
      }
    } finally {
      lock.unlock();
    }
  }

  private void end() {
    lock.lock();
    try {
      threads.remove(Thread.currentThread());
      ended.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Never leaves a worker behind: it would write into files that are being removed. */
  private void awaitAll() throws InterruptedException {
    boolean interrupted = false;
    lock.lock();
    try {
      while (!threads.isEmpty()) {
        try {
          ended.await();
        } catch (InterruptedException stop) {
          interrupted = true;
          if (first == null) {
            first = stop;
          }
          threads.forEach(Thread::interrupt);
        }
      }
    } finally {
      lock.unlock();
    }
    if (interrupted) {
      throw new InterruptedException("stopped by its caller");
    }
  }

  private static void rethrow(@Nullable Throwable failure)
      throws IOException, FetchException, InterruptedException {
    switch (failure) {
      case null -> {}
      case IOException e -> throw e;
      case FetchException e -> throw e;
      case InterruptedException e -> throw e;
      case RuntimeException e -> throw e;
      case Throwable e -> throw new IllegalStateException(e);
    }
  }
}
