package io.hydra.docto.operate;

import io.hydra.docto.actual.Content;
import io.hydra.docto.actual.DiskCopy;
import io.hydra.docto.actual.Inventory;
import io.hydra.docto.actual.Setback;
import io.hydra.docto.config.FetchConfig;
import io.hydra.docto.place.NodeSpace;
import io.hydra.docto.source.FetchException;
import io.hydra.error.ErrorCode;
import io.hydra.model.Digest;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jboss.logging.Logger;

/**
 * Runs operations, one a content at a time, each on a virtual thread. This is the one place that
 * decides what a failure means and when it is tried again.
 */
@Singleton
public final class Operator {
  private static final Logger LOG = Logger.getLogger(Operator.class);

  private final Inventory inventory;
  private final DiskSteps disk;
  private final RamSteps ram;
  private final NodeSpace space;
  private final Clock clock;
  private final Delays delays;
  private final Map<Digest, Thread> running = new ConcurrentHashMap<>();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  Operator(
      Inventory inventory,
      DiskSteps disk,
      RamSteps ram,
      NodeSpace space,
      Clock clock,
      FetchConfig config) {
    this.inventory = inventory;
    this.disk = disk;
    this.ram = ram;
    this.space = space;
    this.clock = clock;
    this.delays = Delays.of(config);
  }

  /** Told when an operation has come to its end with success. */
  public void listen(Runnable listener) {
    listeners.add(listener);
  }

  /** Begins an operation; the content is marked as busy when this returns. */
  public void start(Operation operation) {
    switch (operation) {
      case Operation.Fetch(var dataset) -> run(dataset.digest(), disk.fetch(dataset));
      case Operation.CheckDisk(var digest) -> run(digest, disk.check(digest));
      case Operation.EvictDisk(var digest) -> run(digest, disk.evict(digest));
      case Operation.Withdraw(var digest) -> run(digest, disk.withdraw(digest));
      case Operation.DropStaging(var digest) -> run(digest, disk.dropStaging(digest));
      case Operation.Place(var content) -> run(content.digest(), ram.place(content));
      case Operation.CheckRam(var content) -> run(content.digest(), ram.check(content));
      case Operation.MendRam(var content) -> run(content.digest(), ram.mend(content));
      case Operation.EvictRam(var digest) -> run(digest, ram.evict(digest));
      case Operation.Cancel(var digest) -> cancel(digest);
    }
  }

  /** Stops all operations; what they have in hand can be gone on with later. */
  public void stop(Duration atMost) throws InterruptedException {
    var threads = List.copyOf(running.values());
    threads.forEach(Thread::interrupt);
    long deadline = System.nanoTime() + atMost.toNanos();
    for (var thread : threads) {
      thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
    }
  }

  private void cancel(Digest digest) {
    var thread = running.get(digest);
    if (thread != null) {
      LOG.infof("digest=%s state=cancelled", digest.brief());
      thread.interrupt();
    }
  }

  private void run(Digest digest, Step step) {
    var before = inventory.get(digest);
    var thread =
        Thread.ofVirtual().name("operate-" + digest.brief()).unstarted(() -> work(before, step));
    if (running.putIfAbsent(digest, thread) != null) {
      return;
    }
    inventory.change(digest, step.begin());
    thread.start();
  }

  private void work(Content before, Step step) {
    var digest = before.digest();
    boolean done = false;
    try {
      var after = step.work().run();
      look(digest);
      inventory.change(digest, content -> after.apply(content).withoutSetback());
      done = true;
    } catch (InterruptedException stopped) {
      undo(digest, step);
    } catch (IOException | FetchException | RuntimeException failure) {
      if (!undo(digest, step)) {
        setBack(before, failure);
      }
    } catch (Error failure) {
      // Such as no more threads: the content must not stay busy for ever.
      if (!undo(digest, step)) {
        setBack(before, new IllegalStateException(failure));
      }
    } finally {
      running.remove(digest);
    }
    if (done) {
      listeners.forEach(Runnable::run);
    }
  }

  /** Marks the content anew; true when it was a stop that broke the work off. */
  private boolean undo(Digest digest, Step step) {
    // Cleared first: looking at files while interrupted would fail.
    boolean stopped = Thread.interrupted();
    look(digest);
    inventory.change(digest, step.undo());
    return stopped;
  }

  /** Before the inventory says what became of it: space must not seem to be short meanwhile. */
  private void look(Digest digest) {
    try {
      space.look(digest);
    } catch (IOException e) {
      // What was counted last stands, and that was not less.
      LOG.warnf("digest=%s code=STORAGE_FAILED cannot measure it: %s", digest.brief(), e);
    }
  }

  private void setBack(Content before, Exception failure) {
    var digest = before.digest();
    var fault = Failures.describe(failure);
    boolean further = staged(inventory.get(digest)) > staged(before);
    int attempts = further ? 1 : before.setback().map(Setback::attempts).orElse(0) + 1;
    if (before.setback().filter(s -> s.fault().equals(fault)).isEmpty()) {
      LOG.warnf("digest=%s code=%s %s", digest.brief(), fault.code(), fault.detail());
    }
    if (fault.code() == ErrorCode.INTERNAL) {
      LOG.errorf(failure, "digest=%s code=INTERNAL", digest.brief());
    }
    var retryAt = clock.instant().plus(delays.after(failure, attempts));
    var setback = new Setback(fault, attempts, retryAt);
    inventory.change(digest, content -> content.withSetback(setback));
  }

  private static long staged(Content content) {
    return content.disk() instanceof DiskCopy.Staged(long bytes, long _) ? bytes : 0;
  }
}
