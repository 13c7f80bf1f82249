package io.hydra.docto.http;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends a connection whose other side makes us wait for too long: closing it from here is what makes
 * a blocked call return. One kind of time limit for all steps, that costs two writes to memory for
 * each read.
 */
final class Alarm {
  /** What is waited for; one is not another one, whatever they say. */
  private static final class Wait {
    private final String what;
    private final Duration limit;

    /**
     * @param what for people, such as "no answer"
     */
    Wait(String what, Duration limit) {
      this.what = what;
      this.limit = limit;
    }
  }

  /** Of {@link System#nanoTime}, which may have this value once in 584 years. */
  private static final long NOT_WAITING = Long.MIN_VALUE;

  private final ScheduledExecutorService timer;
  private Runnable end = () -> {};
  private @Nullable Wait current;
  private @Nullable Wait rung;

  /**
   * When it is looked next; one look serves for many waits, so that most of them need not be
   * scheduled.
   */
  private @Nullable Future<?> look;

  /** Of {@link System#nanoTime}. */
  private long lookAt;

  /** Used by the one thread that waits. */
  private boolean eachWait;

  private volatile long waitingSince = NOT_WAITING;

  Alarm(ScheduledExecutorService timer) {
    this.timer = timer;
  }

  /**
   * @param closing closes what is waited for, from any thread
   */
  synchronized void ends(Runnable closing) {
    end = closing;
  }

  /** From now on, until it is set otherwise, all the time counts. */
  void set(String what, Duration limit) {
    eachWait = false;
    waitingSince = System.nanoTime();
    begin(new Wait(what, limit));
  }

  /** From now on the time of each single wait counts. */
  void setForEachWait(String what, Duration limit) {
    eachWait = true;
    waitingSince = NOT_WAITING;
    begin(new Wait(what, limit));
  }

  /** A single wait begins. */
  void enter() {
    if (eachWait) {
      waitingSince = System.nanoTime();
    }
  }

  /** A single wait is over. */
  void leave() {
    if (eachWait) {
      waitingSince = NOT_WAITING;
    }
  }

  /** Nothing is waited for. */
  synchronized void off() {
    current = null;
  }

  /** Nothing will be waited for any more. */
  synchronized void end() {
    current = null;
    cancel();
  }

  /** Whether it has ended the connection, or is about to. */
  synchronized boolean hasRung() {
    return rung != null;
  }

  /** What a failure was: the alarm, where that was what ended the connection. */
  synchronized IOException explained(IOException failure) {
    var cause = rung;
    if (cause == null || failure instanceof TimeLimitExceeded) {
      return failure;
    }
    var explained =
        new TimeLimitExceeded("%s for %d ms".formatted(cause.what, cause.limit.toMillis()));
    explained.initCause(failure);
    return explained;
  }

  private synchronized void begin(Wait wait) {
    if (timer.isShutdown()) {
      throw new RejectedExecutionException("the timer has ended");
    }
    current = wait;
    long limit = wait.limit.toNanos();
    if (look == null || System.nanoTime() + limit - lookAt < 0) {
      cancel();
      schedule(limit);
    }
  }

  private void cancel() {
    var scheduled = look;
    look = null;
    if (scheduled != null) {
      scheduled.cancel(false);
    }
  }

  private void schedule(long nanos) {
    lookAt = System.nanoTime() + nanos;
    look = timer.schedule(this::look, nanos, TimeUnit.NANOSECONDS);
  }

  private void look() {
    if (isOver()) {
      end.run();
    }
  }

  private synchronized boolean isOver() {
    look = null;
    var wait = current;
    if (wait == null) {
      return false;
    }
    long since = waitingSince;
    long limit = wait.limit.toNanos();
    long left = since == NOT_WAITING ? limit : limit - (System.nanoTime() - since);
    if (left > 0) {
      schedule(left);
      return false;
    }
    rung = wait;
    return true;
  }
}
