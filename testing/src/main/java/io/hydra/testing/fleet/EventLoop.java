package io.hydra.testing.fleet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** One thread that serves all connections and timers; whatever it calls must not block. */
public final class EventLoop implements AutoCloseable {
  private static final int BUFFER_BYTES = 256 * 1024;
  private static final long NANOS_PER_MILLI = 1_000_000;

  /** Between two looks for something to read. */
  private static final int REACTIONS_AT_ONCE = 20;

  private final Selector selector;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final PriorityQueue<Timer> timers = new PriorityQueue<>();
  private final Queue<Runnable> reactions = new ArrayDeque<>();
  private final Thread thread;
  private volatile boolean closed;

  /** What is done at a time of {@link System#nanoTime}. */
  private record Timer(long at, Runnable work) implements Comparable<Timer> {
    @Override
    public int compareTo(Timer other) {
      return Long.signum(at - other.at);
    }
  }

  public EventLoop() {
    try {
      selector = Selector.open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    thread = Thread.ofPlatform().name("fleet").daemon().start(this::run);
  }

  /** Does it on the loop's thread. */
  public void execute(Runnable work) {
    tasks.add(work);
    selector.wakeup();
  }

  /** Does it later, on the loop's thread, which is also the only one to call this. */
  void after(Duration delay, Runnable work) {
    timers.add(new Timer(System.nanoTime() + delay.toNanos(), work));
  }

  /**
   * Does it when nothing is left to read, on the loop's thread, which is also the only one to call
   * this: agents on machines of their own do not keep each other from reading.
   */
  void afterReading(Runnable work) {
    reactions.add(work);
  }

  Selector selector() {
    return selector;
  }

  /** For the one read or write in hand. */
  ByteBuffer buffer() {
    return buffer.clear();
  }

  private void run() {
    while (!closed) {
      try {
        int read =
            reactions.isEmpty()
                ? selector.select(this::serve, waitMillis())
                : selector.selectNow(this::serve);
        drain();
        if (read == 0) {
          react();
        }
      } catch (ClosedSelectorException ended) {
        return;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** 0 would be for ever. */
  private long waitMillis() {
    var next = timers.peek();
    if (!tasks.isEmpty()) {
      return 1;
    }
    return next == null
        ? 1000
        : Math.clamp((next.at() - System.nanoTime()) / NANOS_PER_MILLI + 1, 1, 1000);
  }

  private void serve(java.nio.channels.SelectionKey key) {
    if (key.attachment() instanceof HttpLine line) {
      try {
        line.serve();
      } catch (CancelledKeyException gone) {
        line.fail(new IOException("the connection was closed", gone));
      }
    }
  }

  private void react() {
    for (int i = 0; i < REACTIONS_AT_ONCE && !reactions.isEmpty(); i++) {
      reactions.remove().run();
    }
  }

  private void drain() {
    for (var task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
    long now = System.nanoTime();
    for (var timer = timers.peek(); timer != null && timer.at() - now <= 0; timer = timers.peek()) {
      timers.poll();
      timer.work().run();
    }
  }

  @Override
  public void close() {
    closed = true;
    selector.wakeup();
    try {
      thread.join();
      for (var key : selector.keys()) {
        key.channel().close();
      }
      selector.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
