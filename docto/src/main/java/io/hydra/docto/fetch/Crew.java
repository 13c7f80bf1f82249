package io.hydra.docto.fetch;

import io.hydra.docto.source.FetchException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Works through a list with a few threads. The first failure stops the others and is thrown; an
 * interrupt of the caller stops all.
 *
 * <p>These are threads of the system. What they do is to wait in the kernel, for sockets and disks:
 * a virtual thread takes four system calls and another thread for one read that has to wait, and
 * has others started in its place around each call about a file.
 */
final class Crew {
  /** What is done with one item. */
  @FunctionalInterface
  interface Work<T> {
    void on(T item) throws IOException, FetchException, InterruptedException;
  }

  private Crew() {}

  static <T> void workOff(Collection<T> items, int workers, Work<T> work)
      throws IOException, FetchException, InterruptedException {
    var queue = new ConcurrentLinkedQueue<T>(items);
    var first = new AtomicReference<@Nullable Throwable>();
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < Math.min(workers, items.size()); i++) {
      threads.add(
          Thread.ofPlatform()
              .name("fetch-", i)
              .daemon()
              .unstarted(() -> workOn(queue, work, first, threads)));
    }
    start(threads, first);
    joinAll(threads);
    rethrow(first.get());
  }

  /** Where the system gives no more threads, those that there are stop. */
  private static void start(List<Thread> threads, AtomicReference<@Nullable Throwable> first) {
    try {
      threads.forEach(Thread::start);
    } catch (OutOfMemoryError noThread) {
      first.compareAndSet(null, noThread);
      threads.forEach(Thread::interrupt);
    }
  }

  private static <T> void workOn(
      ConcurrentLinkedQueue<T> queue,
      Work<T> work,
      AtomicReference<@Nullable Throwable> first,
      List<Thread> all) {
    try {
      for (var item = queue.poll();
          item != null && !Thread.currentThread().isInterrupted();
          item = queue.poll()) {
        work.on(item);
      }
    } catch (Throwable e) {
      // Also an Error: what was not done must not be taken for done.
      if (first.compareAndSet(null, e)) {
        all.forEach(Thread::interrupt);
      }
    }
  }

  /** Never leaves a worker behind: it would write into files that are being removed. */
  private static void joinAll(List<Thread> threads) throws InterruptedException {
    boolean interrupted = false;
    for (var thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException stop) {
          interrupted = true;
          threads.forEach(Thread::interrupt);
        }
      }
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
