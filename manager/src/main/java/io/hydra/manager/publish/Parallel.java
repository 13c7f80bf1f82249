package io.hydra.manager.publish;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/** Does the same for many items at once, on virtual threads, but for no more than a limit. */
final class Parallel {
  private Parallel() {}

  /**
   * The results in the items' order. The first failure, in that order, is thrown; all of the work
   * was tried by then.
   *
   * @param places one is taken for each item at work; may be shared with other callers
   */
  static <T, R> List<R> map(List<T> items, Semaphore places, Function<T, R> work) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var calls =
          items.stream().<Callable<R>>map(item -> () -> within(places, item, work)).toList();
      var results = new ArrayList<R>();
      for (var answer : threads.invokeAll(calls)) {
        results.add(answer.get());
      }
      return results;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HydraException(ErrorCode.UNAVAILABLE, "the manager is stopping", e);
    }
  }

  private static <T, R> R within(Semaphore places, T item, Function<T, R> work)
      throws InterruptedException {
    places.acquire();
    try {
      return work.apply(item);
    } finally {
      places.release();
    }
  }
}
