package io.hydra.manager.channel;

import io.hydra.model.ChannelId;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Lets writers of one channel within this manager go one after another, in the order they came, so
 * that they need not compete by compare-and-set. Some channels share a lock.
 */
final class Turns {
  private static final int LOCKS = 64;

  private final ReentrantLock[] locks =
      IntStream.range(0, LOCKS)
          .mapToObj(i -> new ReentrantLock(true))
          .toArray(ReentrantLock[]::new);

  <T> T inTurn(ChannelId id, Supplier<T> work) {
    var lock = locks[Math.floorMod(id.hashCode(), LOCKS)];
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }
}
