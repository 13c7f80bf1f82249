package io.hydra.manager.events;

import io.hydra.manager.apiserver.ApiRefusal;
import io.hydra.manager.apiserver.ApiServer;
import io.hydra.manager.apiserver.Pace;
import io.hydra.manager.apiserver.Patch;
import io.hydra.manager.events.Announcement.Sort;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Writes what is announced as Events: one at a time, not too many a second, and what was told
 * before as another count of the same Event. Nothing waits for it.
 */
@ApplicationScoped
public class EventWriter implements Announcements {
  private static final Logger LOG = Logger.getLogger(EventWriter.class);
  private static final int MOST_WAITING = 1_000;
  private static final int MOST_REMEMBERED = 2_000;
  private static final int BURST = 50;
  private static final int PER_SECOND = 20;
  private static final int EXISTS = 409;
  private static final int NOT_FOUND = 404;

  private final ApiServer server;
  private final Clock clock;
  private final Counter lost;
  private final Pace pace = new Pace(BURST, PER_SECOND);
  private final Backlog backlog = new Backlog(MOST_WAITING);
  private final Map<Announcement, Told> told = new Remembered();
  private final Duration pause;
  private final Thread teller;
  private boolean silent;

  private record Told(String name, int count) {}

  /** The newest of them; what is forgotten is told as something new. */
  private static final class Remembered extends LinkedHashMap<Announcement, Told> {
    private static final long serialVersionUID = 1;

    @Override
    protected boolean removeEldestEntry(Map.Entry<Announcement, Told> eldest) {
      return size() > MOST_REMEMBERED;
    }
  }

  @Inject
  public EventWriter(ApiServer server, Clock clock, MeterRegistry meters) {
    this(server, clock, meters, Duration.ofSeconds(5));
  }

  /**
   * @param pause after a call that the API server did not answer
   */
  EventWriter(ApiServer server, Clock clock, MeterRegistry meters, Duration pause) {
    this.pause = pause;
    this.server = server;
    this.clock = clock;
    this.lost = meters.counter("hydra.kubernetes.events.lost");
    this.teller = Thread.ofVirtual().name("events").start(this::run);
  }

  @Override
  public void announce(Announcement announcement) {
    if (!backlog.add(announcement)) {
      lost.increment();
    }
  }

  @PreDestroy
  void stop() {
    teller.interrupt();
  }

  private void run() {
    try {
      while (true) {
        tell(backlog.take());
      }
    } catch (InterruptedException ended) {
      LOG.debug("the manager stops", ended);
    }
  }

  private void tell(Backlog.Due due) throws InterruptedException {
    try {
      var before = Optional.ofNullable(told.get(due.announcement()));
      if (before.isEmpty()) {
        create(due);
      } else if (due.announcement().sort() == Sort.OCCURRENCE) {
        count(due, before.get());
      }
      silent = false;
    } catch (ApiRefusal e) {
      if (e.isTemporary()) {
        postpone(due, e);
      } else {
        lose(due, e);
      }
    } catch (IOException e) {
      postpone(due, e);
    } catch (RuntimeException e) {
      lose(due, e);
    }
  }

  private void lose(Backlog.Due due, Exception why) {
    lost.increment();
    LOG.warnf(
        "could not write an Event about=%s reason=%s detail=%s",
        due.announcement().about(), due.announcement().reason(), server.why(why));
  }

  /** The API server is away, and so are those who look. */
  private void postpone(Backlog.Due due, IOException why) throws InterruptedException {
    if (!silent) {
      silent = true;
      LOG.warnf("Events wait for the Kubernetes API server detail=%s", server.why(why));
    }
    backlog.putBack(due);
    Thread.sleep(pause);
  }

  private void create(Backlog.Due due) throws IOException, InterruptedException {
    var announcement = due.announcement();
    var now = clock.instant();
    var name = EventBody.name(announcement, now);
    pace.await();
    try {
      var unused =
          server.post(
              EventBody.path(announcement.about()),
              EventBody.create(announcement, name, now, due.times()));
    } catch (ApiRefusal refused) {
      // A manager before this one has told it.
      if (refused.status() != EXISTS) {
        throw refused;
      }
    }
    told.put(announcement, new Told(name, due.times()));
  }

  private void count(Backlog.Due due, Told before) throws IOException, InterruptedException {
    int count = before.count() + due.times();
    pace.await();
    try {
      var unused =
          server.patch(
              EventBody.path(due.announcement().about()) + "/" + before.name(),
              Patch.MERGE,
              EventBody.again(count, clock.instant()));
      told.put(due.announcement(), new Told(before.name(), count));
    } catch (ApiRefusal refused) {
      if (refused.status() != NOT_FOUND) {
        throw refused;
      }
      // Events are kept for an hour.
      told.remove(due.announcement());
      create(due);
    }
  }
}
