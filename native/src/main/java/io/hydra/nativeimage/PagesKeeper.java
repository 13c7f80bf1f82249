package io.hydra.nativeimage;

import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Keeps a service's resident memory at what it uses, once it has started and after each burst. */
@Singleton
final class PagesKeeper {
  private static final Duration AFTER_START = Duration.ofSeconds(3);
  private static final Duration PERIOD = Duration.ofMinutes(1);

  void start(@Observes StartupEvent started, Vertx vertx) {
    vertx.setPeriodic(AFTER_START.toMillis(), PERIOD.toMillis(), _ -> ExecutablePages.release());
  }
}
