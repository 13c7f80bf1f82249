package io.hydra.appman;

import io.hydra.appman.config.Settings;
import io.hydra.appman.drain.Drain;
import io.hydra.appman.drain.EndpointWatch;
import io.hydra.appman.health.ApplicationMonitor;
import io.hydra.appman.health.InstanceReadiness;
import io.hydra.appman.lifecycle.InstanceLifecycle;
import io.hydra.appman.lifecycle.Lifecycle;
import io.hydra.appman.pace.Pause;
import io.hydra.appman.reload.Reloader;
import io.hydra.appman.report.Reporter;
import io.hydra.appman.target.ManagerConnection;
import io.hydra.appman.target.OrderFeed;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/** Starts what runs all the time, and ends it in an order that loses no request. */
@ApplicationScoped
class AppManProgram {
  private static final Logger LOG = Logger.getLogger(AppManProgram.class);
  private static final Duration TO_END = Duration.ofSeconds(5);
  private static final Duration AFTER_A_FAILURE = Duration.ofSeconds(1);

  private final Settings settings;
  private final Lifecycle lifecycle;
  private final Conductor conductor;
  private final OrderFeed feed;
  private final EndpointWatch endpoint;
  private final Reporter reporter;
  private final ManagerConnection manager;
  private final ApplicationMonitor monitor;
  private final InstanceReadiness readiness;
  private final Drain drain;
  private final Reloader reloader;
  private final Changes changes;
  private final Clock clock;
  private final Pause pause;
  private final List<Thread> threads = new ArrayList<>();

  AppManProgram(
      Settings settings,
      Lifecycle lifecycle,
      Conductor conductor,
      OrderFeed feed,
      EndpointWatch endpoint,
      Reporter reporter,
      ManagerConnection manager,
      ApplicationMonitor monitor,
      InstanceReadiness readiness,
      Drain drain,
      Reloader reloader,
      Changes changes,
      Clock clock,
      Pause pause) {
    this.settings = settings;
    this.lifecycle = lifecycle;
    this.conductor = conductor;
    this.feed = feed;
    this.endpoint = endpoint;
    this.reporter = reporter;
    this.manager = manager;
    this.monitor = monitor;
    this.readiness = readiness;
    this.drain = drain;
    this.reloader = reloader;
    this.changes = changes;
    this.clock = clock;
    this.pause = pause;
  }

  /** Something that runs until it is interrupted. */
  private interface Loop {
    void run() throws InterruptedException;
  }

  void start(@Observes StartupEvent started) {
    LOG.infof(
        "AppMan starts instance=%s channel=%s node=%s state=%s",
        settings.instance(),
        settings.channel(),
        settings.node(),
        lifecycle.snapshot().state().wire());
    begin("monitor", this::monitor);
    begin("conductor", () -> conductor.run(changes.conductor()));
    begin("orders", feed::run);
    begin("endpoint", endpoint::run);
    begin("reporter", () -> reporter.run(changes.reporter()));
  }

  /**
   * The first thing on SIGTERM, while the health endpoint still answers: tell everyone that looks
   * at it, and let what is in hand be finished.
   */
  void leaveTraffic(@Observes ShutdownDelayInitiatedEvent ending) {
    LOG.infof("AppMan leaves traffic instance=%s", settings.instance());
    var since = clock.instant();
    boolean busy =
        switch (lifecycle.snapshot().state()) {
          case InstanceLifecycle.Serving _, InstanceLifecycle.Draining _ -> true;
          case InstanceLifecycle.Waiting _,
              InstanceLifecycle.Reloading _,
              InstanceLifecycle.Failed _ ->
              false;
        };
    readiness.withdraw();
    changes.happened();
    end("conductor");
    try {
      while (busy && !drain.isOver(since, clock.instant())) {
        pause.rest(Duration.ofMillis(50));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void stop(@Observes ShutdownEvent ending) {
    LOG.infof("AppMan ends instance=%s", settings.instance());
    reloader.stop();
    end("monitor");
    end("orders");
    end("reporter");
    end("endpoint");
    manager.close();
  }

  private void monitor() throws InterruptedException {
    while (true) {
      monitor.poll();
      pause.rest(settings.hooks().poll());
    }
  }

  private void begin(String name, Loop loop) {
    threads.add(Thread.ofPlatform().name(name).daemon().start(() -> keepRunning(name, loop)));
  }

  /** Whatever goes wrong in one round, the next begins from what is. */
  private void keepRunning(String name, Loop loop) {
    try {
      while (true) {
        try {
          loop.run();
        } catch (RuntimeException e) {
          LOG.errorf(e, "%s failed; it goes on", name);
          pause.rest(AFTER_A_FAILURE);
        }
      }
    } catch (InterruptedException ended) {
      LOG.debugf("%s ended", name);
    }
  }

  private void end(String name) {
    for (var thread : threads) {
      if (thread.getName().equals(name)) {
        thread.interrupt();
        joinFor(thread);
      }
    }
  }

  private static void joinFor(Thread thread) {
    try {
      if (!thread.join(TO_END)) {
        LOG.warnf("%s does not end", thread.getName());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether all that should run does. */
  boolean isAlive() {
    return threads.stream().allMatch(Thread::isAlive);
  }
}
