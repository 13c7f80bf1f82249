package io.hydra.manager.packaged;

import io.hydra.testing.process.Await;
import io.hydra.testing.process.ConsulServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** What happens to one of several managers. */
enum Fault {
  KILL,
  STOP,
  /** By SIGSTOP, until another one leads if it did; then it goes on. */
  PAUSE,
  /** By SIGSTOP, for less than a lease. */
  BLINK,
  /** Its connections to Consul break. */
  CUT,
  /** Nothing passes between it and Consul; what was sent arrives later. */
  HELD,
  /** Consul hears it, and it does not hear Consul. */
  DEAF,
  /** Others cannot reach it. */
  ALONE,
  /** Consul itself pauses. */
  CONSUL_PAUSE,
  /** Consul itself is killed, and started again on what it has on disk. */
  CONSUL_KILL;

  /** What may happen to one manager while another one is struck, too. */
  static final List<Fault> OF_ONE = List.of(KILL, STOP, BLINK, CUT, HELD, DEAF, ALONE);

  private static final Duration LONG = Duration.ofSeconds(60);
  private static final int LONGEST_MILLIS = 1_000;

  /** Happens, lasts and is over when this returns; an ended manager is being started again then. */
  void strike(Managers managers, int manager, ConsulServer consul, Random random) {
    var end = Duration.ofMillis(random.nextInt(LONGEST_MILLIS));
    boolean led = managers.leads(manager);
    switch (this) {
      case KILL -> {
        kill(managers, manager);
        managers.startAgain(manager);
        awaitAnother(managers, manager, led);
      }
      case STOP -> {
        stop(managers, manager);
        managers.startAgain(manager);
      }
      case PAUSE -> {
        signal(() -> managers.process(manager).pause());
        awaitAnother(managers, manager, led);
        last(end);
        signal(() -> managers.process(manager).goOn());
      }
      case BLINK -> {
        signal(() -> managers.process(manager).pause());
        last(end);
        signal(() -> managers.process(manager).goOn());
      }
      case CUT -> breakLink(managers, manager, led, managers.toConsul(manager)::cut, end);
      case HELD -> breakLink(managers, manager, led, managers.toConsul(manager)::hold, end);
      case DEAF -> breakLink(managers, manager, led, managers.toConsul(manager)::holdAnswers, end);
      case ALONE -> {
        managers.fromPeers(manager).cut();
        last(end);
        managers.fromPeers(manager).mend();
      }
      case CONSUL_PAUSE -> {
        consul.pause();
        last(end);
        consul.goOn();
      }
      case CONSUL_KILL -> {
        consul.kill();
        last(end);
        consul.startAgain();
      }
    }
  }

  private static void breakLink(
      Managers managers, int manager, boolean led, Runnable fault, Duration end) {
    fault.run();
    awaitAnother(managers, manager, led);
    last(end);
    managers.toConsul(manager).mend();
  }

  private static void awaitAnother(Managers managers, int manager, boolean led) {
    if (led) {
      Await.until("another manager leads", LONG, () -> managers.anotherLeads(manager));
    }
  }

  /** Chance decides how long a fault lasts; nothing is waited for. */
  private static void last(Duration time) {
    LockSupport.parkNanos(time.toNanos());
  }

  private static void kill(Managers managers, int manager) {
    signal(() -> managers.process(manager).kill());
  }

  private static void stop(Managers managers, int manager) {
    signal(
        () -> {
          if (!managers.process(manager).stop(LONG)) {
            throw new IllegalStateException("a manager does not end");
          }
        });
  }

  private interface Signal {
    void send() throws IOException, InterruptedException;
  }

  private static void signal(Signal signal) {
    try {
      signal.send();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
