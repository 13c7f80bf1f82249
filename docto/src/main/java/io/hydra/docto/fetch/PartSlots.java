package io.hydra.docto.fetch;

import io.hydra.docto.fetch.PartsLimit.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Who may have a part in flight, of all fetches of the node. The most urgent fetch goes first,
 * equally urgent ones get equally many; a part that has begun is never broken off for another one.
 */
final class PartSlots {
  private static final Logger LOG = Logger.getLogger(PartSlots.class);

  static final Duration WINDOW = Duration.ofSeconds(1);

  /** Of one that ends before its time. */
  static final Duration SHORTEST_WINDOW = Duration.ofMillis(50);

  /** What was found out holds for so long after the last part. */
  private static final Duration FORGOTTEN_AFTER = Duration.ofSeconds(10);

  /** What a request is worth beside its bytes, so that small files are not taken for slowness. */
  private static final long REQUEST_BYTES = 64 * 1024;

  private static final double NANOS_PER_SECOND = 1e9;

  private final PartsLimit.Range range;
  private final LongSupplier nanoTime;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Waiter> waiters = new ArrayList<>();
  private PartsLimit limit;
  private int inFlight;

  // Of the window that is measured.
  private volatile long windowBegin;
  private final LongAdder work = new LongAdder();
  private final LongAdder waited = new LongAdder();
  private long done;
  private boolean full;
  private boolean over;

  /** Of the last part. */
  private long lastUse;

  /** Somebody who waits for a slot. */
  private static final class Waiter {
    private final Share share;
    private final boolean again;
    private final Condition turn;
    private boolean granted;

    /**
     * @param again for a part that had one before, and goes first
     */
    Waiter(Share share, boolean again, Condition turn) {
      this.share = share;
      this.again = again;
      this.turn = turn;
    }
  }

  /**
   * @param nanoTime as {@link System#nanoTime}
   */
  PartSlots(PartsLimit.Range range, LongSupplier nanoTime) {
    this.range = range;
    this.nanoTime = nanoTime;
    this.limit = PartsLimit.begin(range);
    this.windowBegin = nanoTime.getAsLong();
    this.lastUse = windowBegin;
  }

  /**
   * @param urgency of a fetch, smaller is more urgent; it may change while it is fetched
   */
  Share share(IntSupplier urgency) {
    return new Share(urgency);
  }

  /** Parts in flight, those that pause before another attempt included. */
  int inFlight() {
    lock.lock();
    try {
      return inFlight;
    } finally {
      lock.unlock();
    }
  }

  int limit() {
    lock.lock();
    try {
      return limit.parts();
    } finally {
      lock.unlock();
    }
  }

  /** More are never in flight. */
  int most() {
    return range.most();
  }

  /** Gives out what is free; to be called with the lock, as all that follows. */
  private void grant() {
    while (inFlight < limit.parts() && !waiters.isEmpty()) {
      var next = first().orElseThrow();
      waiters.remove(next);
      next.granted = true;
      next.share.held++;
      inFlight++;
      next.turn.signal();
    }
    if (inFlight < limit.parts()) {
      full = false;
    } else if (!full && work.sum() == 0) {
      // They have just begun: what comes is measured from now on.
      beginWindow(nanoTime.getAsLong());
    }
  }

  private Optional<Waiter> first() {
    return waiters.stream()
        .min(
            Comparator.comparing((Waiter waiter) -> !waiter.again)
                .thenComparingInt(waiter -> waiter.share.urgency.getAsInt())
                .thenComparingInt(waiter -> waiter.share.held));
  }

  private void release(Share share) {
    inFlight--;
    share.held--;
    lastUse = nanoTime.getAsLong();
    grant();
  }

  /** What was measured comes to bear at the end of a window. */
  private void look() {
    long now = nanoTime.getAsLong();
    long passed = now - windowBegin;
    boolean enough = done >= (long) limit.rounds() * limit.parts();
    if (passed < (enough ? SHORTEST_WINDOW : WINDOW).toNanos()) {
      return;
    }
    double rate = work.sum() * NANOS_PER_SECOND / passed;
    double waiting = (double) waited.sum() / passed / Math.max(1, inFlight);
    var window = new Window(rate, Math.min(1, waiting), full, over);
    change(limit.after(window));
    LOG.debugf("%s after %s", limit, window);
    beginWindow(now);
  }

  private void beginWindow(long now) {
    windowBegin = now;
    work.reset();
    waited.reset();
    done = 0;
    full = inFlight >= limit.parts();
    over = inFlight > limit.parts();
  }

  private void change(PartsLimit next) {
    limit = next;
    grant();
  }

  private void forgetWhatIsOld() {
    long now = nanoTime.getAsLong();
    if (inFlight == 0 && now - lastUse > FORGOTTEN_AFTER.toNanos()) {
      limit = PartsLimit.begin(range);
      lastUse = now;
      beginWindow(now);
    }
  }

  /** One fetch's part in it. */
  final class Share implements Crew.Gate {
    private final IntSupplier urgency;
    private int held;

    private Share(IntSupplier urgency) {
      this.urgency = urgency;
    }

    /** Smaller is more urgent; it may change. */
    int urgency() {
      return urgency.getAsInt();
    }

    @Override
    public void enter() throws InterruptedException {
      lock.lockInterruptibly();
      try {
        forgetWhatIsOld();
        await(false);
      } finally {
        lock.unlock();
      }
    }

    @Override
    public boolean mayGoOn() {
      lock.lock();
      try {
        work.add(REQUEST_BYTES);
        done++;
        look();
        return inFlight <= limit.parts() && first().filter(this::isOvertakenBy).isEmpty();
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void leave() {
      lock.lock();
      try {
        release(this);
      } finally {
        lock.unlock();
      }
    }

    /** Before another attempt for a part: waits where fewer may be in flight than are. */
    void again() throws InterruptedException {
      lock.lockInterruptibly();
      try {
        look();
        if (inFlight > limit.parts()) {
          release(this);
          await(true);
        }
      } finally {
        lock.unlock();
      }
    }

    void received(int bytes) {
      work.add(bytes);
      // Most reads come without the lock.
      if (nanoTime.getAsLong() - windowBegin < WINDOW.toNanos()) {
        return;
      }
      lock.lock();
      try {
        look();
      } finally {
        lock.unlock();
      }
    }

    /** For the first byte of an answer. */
    void waited(long nanos) {
      waited.add(nanos);
    }

    void throttled() {
      lock.lock();
      try {
        look();
        change(limit.throttled());
      } finally {
        lock.unlock();
      }
    }

    private boolean isOvertakenBy(Waiter waiter) {
      int theirs = waiter.share.urgency.getAsInt();
      int ours = urgency.getAsInt();
      return waiter.again || theirs < ours || (theirs == ours && waiter.share.held + 1 < held);
    }

    /** Stopped meanwhile, who had one before still has one. */
    private void await(boolean again) throws InterruptedException {
      var waiter = new Waiter(this, again, lock.newCondition());
      waiters.add(waiter);
      grant();
      try {
        while (!waiter.granted) {
          waiter.turn.await();
        }
      } catch (InterruptedException stopped) {
        waiters.remove(waiter);
        if (waiter.granted && !again) {
          release(this);
        } else if (!waiter.granted && again) {
          inFlight++;
          held++;
        }
        throw stopped;
      }
    }
  }
}
