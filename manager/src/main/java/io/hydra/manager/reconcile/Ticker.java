package io.hydra.manager.reconcile;

import io.hydra.manager.discovery.Registrations;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Drives the {@link Reconciler} on one thread: each second, and at once when something happens.
 * However many events come during a tick, one more tick follows.
 */
@ApplicationScoped
public class Ticker {
  private static final Logger LOG = Logger.getLogger(Ticker.class);

  private final Reconciler reconciler;
  private final ChangeDetector changes;
  private final Registrations registrations;
  private final DesiredBoard board;
  private final AtomicBoolean waiting = new AtomicBoolean();
  private final AtomicBoolean started = new AtomicBoolean();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("reconciler").factory());

  public Ticker(
      Reconciler reconciler,
      ChangeDetector changes,
      Registrations registrations,
      DesiredBoard board) {
    this.reconciler = reconciler;
    this.changes = changes;
    this.registrations = registrations;
    this.board = board;
  }

  /** Before the first request is taken: what was registered must be known by then. */
  void start(@Observes StartupEvent event) {
    // Quarkus waits for requests in hand before it tells of the shutdown; long polls must not keep
    // it.
    CleanStart.run(
        () -> {
          Runtime.getRuntime().addShutdownHook(new Thread(board::close, "end-long-polls"));
          changes.onWork(this::wake);
          registrations.load();
        });
    started.set(true);
    wake();
  }

  @Scheduled(every = "1s")
  void everySecond() {
    wake();
  }

  void stop(@Observes ShutdownEvent event) {
    started.set(false);
    board.close();
    // Ends a tick in hand before the store closes under it.
    thread.close();
  }

  private void wake() {
    if (!started.get() || waiting.getAndSet(true)) {
      return;
    }
    try {
      thread.execute(this::tick);
    } catch (RejectedExecutionException e) {
      LOG.debug("no tick any more: the manager stops");
    }
  }

  private void tick() {
    waiting.set(false);
    try {
      reconciler.tick();
    } catch (RuntimeException e) {
      LOG.error("a tick failed; the next one follows", e);
    }
  }
}
