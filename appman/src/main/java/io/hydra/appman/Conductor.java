package io.hydra.appman;

import io.hydra.appman.drain.Drain;
import io.hydra.appman.health.ApplicationMonitor;
import io.hydra.appman.lifecycle.Holding;
import io.hydra.appman.lifecycle.InstanceLifecycle;
import io.hydra.appman.lifecycle.InstanceLifecycle.Draining;
import io.hydra.appman.lifecycle.InstanceLifecycle.Serving;
import io.hydra.appman.lifecycle.InstanceLifecycle.Waiting;
import io.hydra.appman.lifecycle.Lifecycle;
import io.hydra.appman.lifecycle.Lifecycle.Snapshot;
import io.hydra.appman.lifecycle.Move;
import io.hydra.appman.lifecycle.Planner;
import io.hydra.appman.lifecycle.Repairs;
import io.hydra.appman.lifecycle.Setback;
import io.hydra.appman.lifecycle.Situation;
import io.hydra.appman.lifecycle.Step;
import io.hydra.appman.pace.Signal;
import io.hydra.appman.reload.NodeData;
import io.hydra.appman.report.Trouble;
import io.hydra.appman.target.NodeFallback;
import io.hydra.appman.target.Orders;
import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.wire.Fault;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Observes, plans and has the next step carried out, for ever. The only one to do so. */
final class Conductor {
  private static final Logger LOG = Logger.getLogger(Conductor.class);
  private static final Duration AT_ONCE = Duration.ZERO;
  private static final Duration SOON = Duration.ofMillis(100);
  private static final Duration LATER = Duration.ofMillis(500);
  private static final Duration AFTER_A_FAILURE = Duration.ofSeconds(1);

  private final Lifecycle lifecycle;
  private final Planner planner;
  private final Orders orders;
  private final NodeFallback fallback;
  private final NodeData data;
  private final ApplicationMonitor monitor;
  private final Drain drain;
  private final Mover mover;
  private final Replacement replacement;
  private final Trouble trouble;
  private final Clock clock;
  private final Instant managerMissingFrom;
  private final Repairs repairs = new Repairs();

  /**
   * @param managerGrace how long a silent manager is waited for before the node's last good release
   *     is served
   */
  Conductor(
      Lifecycle lifecycle,
      Planner planner,
      Orders orders,
      NodeFallback fallback,
      NodeData data,
      ApplicationMonitor monitor,
      Drain drain,
      Mover mover,
      Replacement replacement,
      Trouble trouble,
      Clock clock,
      Duration managerGrace) {
    this.lifecycle = lifecycle;
    this.planner = planner;
    this.orders = orders;
    this.fallback = fallback;
    this.data = data;
    this.monitor = monitor;
    this.drain = drain;
    this.mover = mover;
    this.replacement = replacement;
    this.trouble = trouble;
    this.clock = clock;
    this.managerMissingFrom = clock.instant().plus(managerGrace);
  }

  /** Returns only by interruption. */
  void run(Signal wake) throws InterruptedException {
    while (true) {
      wake.await(tick());
    }
  }

  /** One step; returns how long nothing needs to be looked at, unless something wakes. */
  Duration tick() throws InterruptedException {
    var seen = lifecycle.snapshot();
    try {
      return execute(seen, planner.next(observe(seen)));
    } catch (HydraException e) {
      trouble.is(new Fault(e.code(), e.detail()));
      returnIfUntouched(seen);
      return AFTER_A_FAILURE;
    }
  }

  private Situation observe(Snapshot seen) throws InterruptedException {
    var now = clock.instant();
    return new Situation(
        seen.state(),
        orders.known(),
        orders.granted(),
        fallbackFor(seen.state(), now),
        seen.setback(),
        application(seen.state(), now),
        seen.state() instanceof Draining draining && drain.isOver(draining.since(), now),
        replacement.rests(),
        data::missing,
        now);
  }

  private Situation.Application application(InstanceLifecycle state, Instant now) {
    boolean drifted =
        state instanceof Serving serving
            && (monitor.tellsWhatIsLoaded()
                ? monitor.contradicts(serving.release())
                : mover.losesDataOnRestart() && monitor.cameBack());
    boolean stopped = state instanceof Serving serving && mover.isStopped(serving.release());
    return new Situation.Application(
        mover.isStartedByUs() || monitor.view().reachable(),
        stopped,
        drifted,
        repairs.isAllowed(now));
  }

  private Optional<Move> fallbackFor(InstanceLifecycle state, Instant now) {
    boolean hasNothing = state instanceof Waiting || state instanceof InstanceLifecycle.Failed;
    boolean isManagerGone = orders.missed() && !orders.known() && !now.isBefore(managerMissingFrom);
    return hasNothing && isManagerGone ? fallback.move() : Optional.empty();
  }

  private Duration execute(Snapshot seen, Step step) throws InterruptedException {
    return switch (step) {
      case Step.Stay _ -> stay(seen.state());
      case Step.AwaitData wait -> await(wait);
      case Step.Offer offer -> {
        mover.offer(offer.release());
        yield awaitApplication();
      }
      case Step.AwaitApplication _ -> awaitApplication();
      case Step.Enter enter -> enter(seen, enter.next());
      case Step.LetGo letGo -> letGo(seen, letGo.state());
      case Step.Reload reload -> {
        mover.reload(seen, reload.state());
        yield AT_ONCE;
      }
      case Step.Evict _ -> evict(seen);
      case Step.Rest _ -> LATER;
      case Step.Relabel relabel -> {
        mover.relabel(seen, relabel.state(), relabel.move());
        yield AT_ONCE;
      }
    };
  }

  private Duration stay(InstanceLifecycle state) {
    if (state instanceof Serving serving && !monitor.confirms(serving.release())) {
      var detail =
          monitor.view().detail().orElse("the application does not say that it serves the release");
      trouble.is(new Fault(ErrorCode.APPLICATION_UNREACHABLE, detail));
      return SOON;
    }
    trouble.over();
    return state instanceof Draining ? SOON : LATER;
  }

  private Duration await(Step.AwaitData wait) {
    trouble.is(
        new Fault(
            ErrorCode.NOT_FOUND,
            "waits for data of release %s on this node: %s"
                .formatted(wait.release().ref(), String.join(", ", wait.missing()))));
    return SOON;
  }

  private Duration awaitApplication() {
    var detail = monitor.view().detail().orElse("the application does not answer");
    trouble.is(
        new Fault(ErrorCode.APPLICATION_UNREACHABLE, "waits for the application: " + detail));
    return SOON;
  }

  private Duration enter(Snapshot seen, InstanceLifecycle next) {
    if (seen.state() instanceof Serving serving) {
      leave(serving, next);
    }
    lifecycle.transition(seen, next, withoutWhatIsTriedAgain(seen.setback(), next));
    return AT_ONCE;
  }

  /** What can fail by our own disk fails before any traffic is given up. */
  private void leave(Serving serving, InstanceLifecycle next) {
    if (next instanceof Draining draining && !draining.move().target().equals(serving.release())) {
      mover.prepare(draining.move().target());
      return;
    }
    repairs.made(clock.instant());
    LOG.warnf("the application lost its data; repairing release=%s", serving.release().ref());
  }

  private static Optional<Setback> withoutWhatIsTriedAgain(
      Optional<Setback> setback, InstanceLifecycle next) {
    var move =
        switch (next) {
          case Draining draining -> Optional.of(draining.move());
          case InstanceLifecycle.Reloading reloading -> Optional.of(reloading.move());
          case Waiting _, Serving _, InstanceLifecycle.Failed _ -> Optional.<Move>empty();
        };
    return setback.filter(
        failed -> move.filter(m -> m.target().ref().equals(failed.release())).isEmpty());
  }

  private Duration letGo(Snapshot seen, Draining state) throws InterruptedException {
    if (!mover.letGo(state)) {
      return SOON;
    }
    lifecycle.transition(seen, state.released(), seen.setback());
    return AT_ONCE;
  }

  private Duration evict(Snapshot seen) throws InterruptedException {
    return switch (replacement.advance()) {
      case Replacement.Progress.UnderWay _ -> {
        trouble.over();
        yield LATER;
      }
      case Replacement.Progress.Refused(var fault) -> {
        trouble.is(fault);
        yield SOON;
      }
      case Replacement.Progress.GivenUp(var fault) -> {
        trouble.is(fault);
        returnIfUntouched(seen);
        yield AT_ONCE;
      }
    };
  }

  /** Something is in the way that is not the release, and it still serves what it had. */
  private void returnIfUntouched(Snapshot seen) {
    if (seen.state() instanceof Draining draining && draining.holding() == Holding.LOADED) {
      draining
          .from()
          .ifPresent(from -> lifecycle.transition(seen, draining.returnTo(from), seen.setback()));
    }
  }
}
