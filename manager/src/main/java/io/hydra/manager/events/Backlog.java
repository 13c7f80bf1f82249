package io.hydra.manager.events;

import io.hydra.manager.events.Announcement.Severity;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * What waits to be told, each once and in order, with how often it has happened meanwhile. Bounded:
 * of a thousand things at once not all need to be told, and those that went well least of all.
 */
final class Backlog {
  private final int most;
  private final SequencedMap<Announcement, Integer> waiting = new LinkedHashMap<>();

  /** One that was waiting, and how often it has happened. */
  record Due(Announcement announcement, int times) {}

  Backlog(int most) {
    this.most = most;
  }

  /**
   * Where there is no room, a warning takes that of the newest that is none.
   *
   * @return whether there was room; else it, or the one whose place it took, is not going to be
   *     told
   */
  synchronized boolean add(Announcement announcement) {
    boolean fits = waiting.size() < most || waiting.containsKey(announcement);
    if (!fits) {
      var place = newestNormal().filter(_ -> announcement.severity() == Severity.WARNING);
      if (place.isEmpty()) {
        return false;
      }
      waiting.remove(place.get());
    }
    waiting.merge(announcement, 1, Integer::sum);
    notifyAll();
    return fits;
  }

  private Optional<Announcement> newestNormal() {
    return waiting.reversed().keySet().stream()
        .filter(announcement -> announcement.severity() == Severity.NORMAL)
        .findFirst();
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
