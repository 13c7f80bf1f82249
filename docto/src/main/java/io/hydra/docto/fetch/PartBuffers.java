package io.hydra.docto.fetch;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.Predicate;

/**
 * Buffers for parts under way, used again from part to part and from fetch to fetch. They are cut
 * from slabs, so that short parts, of which many are in flight at once, take little, and that long
 * and short ones together never take more than all slabs. Some time after the last fetch they are
 * let go: an idle Docto is to be small.
 */
final class PartBuffers {
  private static final Duration KEPT = Duration.ofSeconds(5);

  /** With what aligns them 9 MiB. */
  static final int MOST_SLABS = 16;

  /** One long part's buffer, or some short ones' of the same size. */
  private static final class Slab {
    private final ByteBuffer memory =
        ByteBuffer.allocateDirect(PartBuffer.MOST_BYTES + PartBuffer.ALIGNMENT - 1)
            .alignedSlice(PartBuffer.ALIGNMENT)
            .slice(0, PartBuffer.MOST_BYTES);
    private final Deque<PartBuffer> free = new ArrayDeque<>();

    /** Of each buffer. */
    private int bytes;

    private int used;

    private boolean isUnused() {
      return used == 0;
    }

    private boolean hasOneOf(int size) {
      return bytes == size && !free.isEmpty();
    }

    private Slab cut(int size) {
      bytes = size;
      free.clear();
      for (int at = 0; at < PartBuffer.MOST_BYTES; at += size) {
        free.addLast(new PartBuffer(memory.slice(at, size)));
      }
      return this;
    }

    private PartBuffer take() {
      used++;
      return free.removeFirst();
    }

    /** What was used last is in the processor's cache. */
    private void giveBack(PartBuffer buffer) {
      used--;
      free.addFirst(buffer);
    }
  }

  private final List<Slab> slabs = new ArrayList<>();
  private final Map<PartBuffer, Slab> taken = new HashMap<>();

  /**
   * In the order in which they came, but that urgent ones go first. None is overtaken by what is no
   * more urgent: a long part would wait for ever for short ones.
   */
  private final List<Waiter> waiting = new ArrayList<>();

  private record Waiter(Thread thread, IntSupplier urgency) {}

  private int fetches;
  private long lulls;

  /** A fetch begins. */
  synchronized void begin() {
    fetches++;
  }

  /** A fetch has ended, and has given back all that it took. */
  synchronized void end() {
    fetches--;
    if (fetches == 0) {
      lulls++;
      long lull = lulls;
      Thread.ofVirtual().start(() -> letGoAfter(lull));
    }
  }

  /** Whether there are few for parts of such a length, in bytes. */
  static boolean areFew(long length) {
    return PartBuffer.bytesFor(length) > PartBuffer.MOST_BYTES / 2;
  }

  /**
   * Waits where very many are in use.
   *
   * @param length of the part, in bytes
   * @param urgency smaller is more urgent; it may change
   */
  synchronized PartBuffer take(long length, IntSupplier urgency) throws InterruptedException {
    int bytes = PartBuffer.bytesFor(length);
    var self = new Waiter(Thread.currentThread(), urgency);
    waiting.add(self);
    try {
      while (true) {
        var slab = isFirst(self) ? slabWith(bytes) : Optional.<Slab>empty();
        if (slab.isPresent()) {
          var buffer = slab.get().take();
          taken.put(buffer, slab.get());
          return buffer;
        }
        wait();
      }
    } finally {
      waiting.remove(self);
      notifyAll();
    }
  }

  private boolean isFirst(Waiter waiter) {
    var first = waiting.stream().min(Comparator.comparingInt(each -> each.urgency.getAsInt()));
    return first.filter(waiter::equals).isPresent();
  }

  synchronized void giveBack(PartBuffer buffer) {
    taken.remove(buffer).giveBack(buffer);
    notifyAll();
  }

  /** One that has a free buffer. */
  private Optional<Slab> slabWith(int bytes) {
    return first(slab -> slab.hasOneOf(bytes))
        .or(() -> first(Slab::isUnused).or(this::another).map(slab -> slab.cut(bytes)));
  }

  private Optional<Slab> first(Predicate<Slab> suits) {
    return slabs.stream().filter(suits).findFirst();
  }

  private Optional<Slab> another() {
    if (slabs.size() == MOST_SLABS) {
      return Optional.empty();
    }
    var slab = new Slab();
    slabs.add(slab);
    return Optional.of(slab);
  }

  private void letGoAfter(long lull) {
    try {
      Thread.sleep(KEPT);
    } catch (InterruptedException ending) {
      return;
    }
    if (letGo(lull)) {
      // Memory outside the heap is given back when the collector finds it unused, and an idle
      // program has no reason to look.
      System.gc();
    }
  }

  /** Unless something was fetched since, or nothing needed a buffer. */
  private synchronized boolean letGo(long lull) {
    if (fetches > 0 || lulls != lull || slabs.isEmpty()) {
      return false;
    }
    slabs.clear();
    return true;
  }
}
