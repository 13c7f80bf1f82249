package io.hydra.nativeimage;

import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/** Keeps a service's resident memory at what it uses, once it has started and after each burst. */
@Singleton
final class PagesKeeper {
  /** Before a first load comes on top of what the start has touched: that would be the peak. */
  private static final Duration AT_ONCE = Duration.ofMillis(100);

  private static final Duration AFTER_START = Duration.ofSeconds(3);
  private static final Duration PERIOD = Duration.ofMinutes(1);

  private static Optional<ExecutablePages> pages = Optional.empty();

  private boolean divided;

  /** Before Quarkus starts, and with it this. */
  static void keep(ExecutablePages found) {
    pages = Optional.of(found);
  }

  void start(@Observes StartupEvent started, Vertx vertx) {
    pages.ifPresent(
        found -> {
          vertx.setTimer(AT_ONCE.toMillis(), _ -> release(found));
          vertx.setPeriodic(AFTER_START.toMillis(), PERIOD.toMillis(), _ -> release(found));
        });
  }

  private synchronized void release(ExecutablePages found) {
    if (!divided) {
      found.divide();
      divided = true;
    }
    found.release();
  }
}
