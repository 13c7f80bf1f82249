package io.hydra.manager.watch;

import io.hydra.wire.ChannelEvent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The newest events of one lead, numbered from 1. Whoever reads holds a position and nothing else,
 * so a slow reader costs nothing; one that is slower than what is kept finds out.
 */
final class Chronicle {
  /** Read at once. */
  static final int BATCH = 256;

  private final String life;
  private final int kept;
  private final Deque<ChannelEvent> events = new ArrayDeque<>();
  private long last;
  private boolean closed;

  /** What there is after a position. */
  sealed interface Reading {
    /**
     * @param events empty where none came in time
     * @param next after the last of them
     */
    record Events(List<ChannelEvent> events, Position next) implements Reading {}

    /** What follows the position is not kept any more. */
    record Missed() implements Reading {}

    /** The lead has ended, and all was read. */
    record Ended() implements Reading {}
  }

  /**
   * @param kept events at most
   */
  Chronicle(int kept, RandomGenerator random) {
    this.kept = kept;
    this.life = HexFormat.of().toHexDigits(random.nextLong());
  }

  /** Appends the event, under an id of its own. */
  synchronized void add(ChannelEvent event) {
    if (closed) {
      return;
    }
    last++;
    events.addLast(withId(event, new Position(life, last).toString()));
    if (events.size() > kept) {
      events.removeFirst();
    }
    notifyAll();
  }

  synchronized void close() {
    closed = true;
    notifyAll();
  }

  synchronized Position end() {
    return new Position(life, last);
  }

  /** Whether all that came after it can still be told. */
  synchronized boolean holds(Position position) {
    return position.life().equals(life)
        && position.number() <= last
        && position.number() >= last - events.size();
  }

  /**
   * The next events; waits where there are none.
   *
   * @param position one that this chronicle has given
   */
  synchronized Reading after(Position position, Duration wait) throws InterruptedException {
    long end = System.nanoTime() + wait.toNanos();
    while (position.number() == last && !closed) {
      long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
      if (left <= 0) {
        return new Reading.Events(List.of(), position);
      }
      wait(left);
    }
    if (position.number() == last) {
      return new Reading.Ended();
    }
    return holds(position) ? batch(position) : new Reading.Missed();
  }

  private Reading batch(Position position) {
    long passed = position.number() - (last - events.size());
    var batch = events.stream().skip(passed).limit(BATCH).toList();
    return new Reading.Events(batch, new Position(life, position.number() + batch.size()));
  }

  private static ChannelEvent withId(ChannelEvent event, String id) {
    return new ChannelEvent(
        id,
        event.at(),
        event.type(),
        event.channel(),
        event.scope(),
        event.release(),
        event.before(),
        event.instance(),
        event.node(),
        event.by(),
        event.message());
  }
}
