package io.hydra.manager.reconcile;

import io.hydra.manager.discovery.Registrations;
import io.hydra.manager.lead.Lead;
import io.hydra.manager.lead.LeadBegan;
import io.hydra.manager.lead.LeadEnded;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;

/**
 * Drives the {@link Reconciler} on one thread: each second, and at once when something happens.
 * However many events come during a tick, one more tick follows, after a pause as long as the tick:
 * when thousands of pods appear at once, whoever hears of them needs the processor, too.
 */
@ApplicationScoped
public class Ticker {
  private static final Logger LOG = Logger.getLogger(Ticker.class);
  private static final long LONGEST_PAUSE_NANOS = Duration.ofMillis(250).toNanos();

  private final Reconciler reconciler;
  private final ChangeDetector changes;
  private final Registrations registrations;
  private final DesiredBoard board;
  private final Lead lead;
  private final AtomicBoolean waiting = new AtomicBoolean();
  private final AtomicBoolean begun = new AtomicBoolean();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().name("reconciler").factory());
  private Optional<ScheduledFuture<?>> everySecond = Optional.empty();

  public Ticker(
      Reconciler reconciler,
      ChangeDetector changes,
      Registrations registrations,
      DesiredBoard board,
      Lead lead) {
    this.reconciler = reconciler;
    this.changes = changes;
    this.registrations = registrations;
    this.board = board;
    this.lead = lead;
  }

  /** What was registered is known before the first request is taken. */
  void begin(@Observes LeadBegan event) {
    changes.onWork(this::wake);
    registrations.load();
    begun.set(true);
    everySecond = Optional.of(thread.scheduleWithFixedDelay(this::wake, 0, 1, TimeUnit.SECONDS));
  }

  /** Lets long polls go, and waits for the tick in hand. */
  void end(@Observes LeadEnded event) {
    if (begun.getAndSet(false)) {
      everySecond.ifPresent(clock -> clock.cancel(false));
      board.close();
      awaitTick();
    }
  }

  @PreDestroy
  void close() {
    thread.close();
  }

  private void awaitTick() {
    try {
      thread.submit(() -> LOG.debug("no tick is under way")).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void wake() {
    if (!begun.get() || waiting.getAndSet(true)) {
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
    // Another manager may lead; the next second tells.
    if (!lead.isProven()) {
      return;
    }
    long began = System.nanoTime();
    try {
      reconciler.tick();
    } catch (RuntimeException e) {
      LOG.error("a tick failed; the next one follows", e);
    }
    LockSupport.parkNanos(Math.min(System.nanoTime() - began, LONGEST_PAUSE_NANOS));
  }
}
