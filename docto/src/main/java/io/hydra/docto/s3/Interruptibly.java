package io.hydra.docto.s3;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Calls of others that block in sockets. An interrupt ends such a wait in virtual threads only, so
 * threads of the system have one do it for them.
 */
final class Interruptibly {
  private Interruptibly() {}

  /** What the call returns or throws; when it was interrupted, so is this thread again. */
  static <T> T call(Callable<T> blocking) throws IOException {
    var task = new FutureTask<T>(blocking);
    if (Thread.currentThread().isVirtual()) {
      task.run();
      return result(task);
    }
    var thread = Thread.ofVirtual().start(task);
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException stop) {
        interrupted = true;
        thread.interrupt();
      }
    }
    try {
      return result(task);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static <T> T result(FutureTask<T> ended) throws IOException {
    try {
      return ended.get();
    } catch (ExecutionException failed) {
      switch (failed.getCause()) {
        case IOException e -> throw e;
        case RuntimeException e -> throw e;
        case null, default -> throw new IllegalStateException(failed);
      }
    } catch (InterruptedException impossible) {
      throw new IllegalStateException("it has ended", impossible);
    }
  }
}
