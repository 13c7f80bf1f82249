package io.hydra.nativeimage;

import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Keeps a service's resident memory at what it uses, once it has started and after each burst. */
@Singleton
final class PagesKeeper {
  private static final Duration AFTER_START = Duration.ofSeconds(3);
  private static final Duration PERIOD = Duration.ofMinutes(1);

  private @Nullable ExecutablePages pages;

  void start(@Observes StartupEvent started, Vertx vertx) {
    vertx.setPeriodic(AFTER_START.toMillis(), PERIOD.toMillis(), _ -> release());
  }

  /** On one event loop, always the same. */
  private void release() {
    var found = pages == null ? ExecutablePages.ofThisProgram() : pages;
    pages = found;
    found.release();
  }
}
