package io.hydra.appman.drain;

import io.hydra.appman.pace.Pause;
import io.hydra.appman.pace.Signal;
import io.hydra.appman.target.ManagerConnection;
import io.hydra.error.HydraException;
import io.hydra.model.InstanceId;
import io.hydra.wire.EndpointState;
import jakarta.ws.rs.ProcessingException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Asks the manager, while somebody drains, whether Services still send traffic to the instance.
 * Where the manager does not know, or is gone, readiness that is down has to do.
 */
public final class EndpointWatch implements Traffic {
  private static final Logger LOG = Logger.getLogger(EndpointWatch.class);
  private static final String WAIT = "2s";

  /** Nobody drains any more who has not asked for so long. */
  private static final Duration FORGOTTEN_AFTER = Duration.ofSeconds(5);

  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

  private final InstanceId instance;
  private final ManagerConnection manager;
  private final Runnable listener;
  private final Clock clock;
  private final Pause pause;
  private final Signal wake = new Signal();
  private volatile Optional<Interest> interest = Optional.empty();
  private volatile Optional<Sight> newest = Optional.empty();

  /**
   * @param unready when readiness went down
   */
  private record Interest(Instant unready, Instant renewed) {}

  /**
   * @param unready of whom it was seen for
   * @param goneSince empty while it gets traffic
   */
  private record Sight(Instant unready, EndpointState state, Optional<Instant> goneSince) {}

  /**
   * @param listener told when it is another than before
   */
  public EndpointWatch(
      InstanceId instance, ManagerConnection manager, Runnable listener, Clock clock, Pause pause) {
    this.instance = instance;
    this.manager = manager;
    this.listener = listener;
    this.clock = clock;
    this.pause = pause;
  }

  @Override
  public Optional<Instant> goneSince(Instant unready) {
    boolean isNew = interest.filter(i -> i.unready().equals(unready)).isEmpty();
    interest = Optional.of(new Interest(unready, clock.instant()));
    if (isNew) {
      wake.raise();
    }
    return newest.filter(sight -> sight.unready().equals(unready)).flatMap(Sight::goneSince);
  }

  /** Returns only by interruption. */
  public void run() throws InterruptedException {
    while (true) {
      var asked = interest.filter(i -> !isForgotten(i));
      if (asked.isEmpty()) {
        wake.await(Duration.ofMinutes(1));
        continue;
      }
      if (look(asked.get().unready()) == EndpointState.UNKNOWN) {
        pause.rest(BETWEEN_TRIES);
      }
    }
  }

  private boolean isForgotten(Interest asked) {
    return asked.renewed().plus(FORGOTTEN_AFTER).isBefore(clock.instant());
  }

  /** One question; the answer comes when it is another one than last time, or after a while. */
  EndpointState look(Instant unready) throws InterruptedException {
    var before = newest.filter(sight -> sight.unready().equals(unready));
    var state = ask(before.map(Sight::state));
    var now = new Sight(unready, state, goneSince(unready, before, state));
    newest = Optional.of(now);
    if (!before.equals(newest)) {
      LOG.infof("traffic of Services state=%s goneSince=%s", state, now.goneSince());
      listener.run();
    }
    return state;
  }

  private Optional<Instant> goneSince(
      Instant unready, Optional<Sight> before, EndpointState state) {
    return switch (state) {
      case READY -> Optional.empty();
      case NOT_READY -> before.flatMap(Sight::goneSince).or(() -> Optional.of(clock.instant()));
      // Lost sight of while there was traffic: then it counts from here.
      case UNKNOWN ->
          before.isPresent()
              ? before.get().goneSince().or(() -> Optional.of(clock.instant()))
              : Optional.of(unready);
    };
  }

  private EndpointState ask(Optional<EndpointState> before) throws InterruptedException {
    try {
      var wait = before.isPresent() ? WAIT : ManagerConnection.NO_WAIT;
      return manager.calls().endpoint(instance.value(), before, wait).state();
    } catch (HydraException e) {
      LOG.debugf(e, "the manager does not tell of traffic");
      return EndpointState.UNKNOWN;
    } catch (ProcessingException e) {
      if (e.getCause() instanceof InterruptedException) {
        throw new InterruptedException("AppMan ends");
      }
      LOG.debugf(e, "the manager does not answer");
      return EndpointState.UNKNOWN;
    }
  }
}
