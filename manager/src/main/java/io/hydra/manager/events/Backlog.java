package io.hydra.manager.events;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What waits to be told, each once and in order, with how often it has happened meanwhile. Bounded:
 * of a thousand things at once not all need to be told.
 */
final class Backlog {
  private final int most;
  private final Map<Announcement, Integer> waiting = new LinkedHashMap<>();

  /** One that was waiting, and how often it has happened. */
  record Due(Announcement announcement, int times) {}

  Backlog(int most) {
    this.most = most;
  }

  /** Returns whether there was room for it. */
  synchronized boolean add(Announcement announcement) {
    if (waiting.size() >= most && !waiting.containsKey(announcement)) {
      return false;
    }
    waiting.merge(announcement, 1, Integer::sum);
    notifyAll();
    return true;
  }

  /** It could not be told yet; it is the last now. */
  synchronized void putBack(Due due) {
    waiting.merge(due.announcement(), due.times(), Integer::sum);
  }

  /** Waits for one. */
  synchronized Due take() throws InterruptedException {
    while (waiting.isEmpty()) {
      wait();
    }
    var first = waiting.entrySet().iterator().next();
    waiting.remove(first.getKey());
    return new Due(first.getKey(), first.getValue());
  }
}
