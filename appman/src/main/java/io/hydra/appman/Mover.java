package io.hydra.appman;

import io.hydra.appman.config.ReloadWay;
import io.hydra.appman.config.Settings;
import io.hydra.appman.health.ApplicationMonitor;
import io.hydra.appman.lifecycle.InstanceLifecycle.Draining;
import io.hydra.appman.lifecycle.InstanceLifecycle.Reloading;
import io.hydra.appman.lifecycle.InstanceLifecycle.Serving;
import io.hydra.appman.lifecycle.Lifecycle;
import io.hydra.appman.lifecycle.Lifecycle.Snapshot;
import io.hydra.appman.lifecycle.Move;
import io.hydra.appman.lifecycle.ReleaseSet;
import io.hydra.appman.lifecycle.Setback;
import io.hydra.appman.reload.CurrentLink;
import io.hydra.appman.reload.NodeData;
import io.hydra.appman.reload.Outcome;
import io.hydra.appman.reload.ReloadCheck;
import io.hydra.appman.reload.Reloader;
import io.hydra.error.HydraException;
import io.hydra.wire.Fault;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Carries out the steps that touch the application, and says in the state how they ended. */
final class Mover {
  private static final Logger LOG = Logger.getLogger(Mover.class);

  private final Lifecycle lifecycle;
  private final CurrentLink current;
  private final NodeData data;
  private final Reloader reloader;
  private final ReloadCheck check;
  private final ApplicationMonitor monitor;
  private final Settings settings;
  private final Clock clock;

  Mover(
      Lifecycle lifecycle,
      CurrentLink current,
      NodeData data,
      Reloader reloader,
      ReloadCheck check,
      ApplicationMonitor monitor,
      Settings settings,
      Clock clock) {
    this.lifecycle = lifecycle;
    this.current = current;
    this.data = data;
    this.reloader = reloader;
    this.check = check;
    this.monitor = monitor;
    this.settings = settings;
    this.clock = clock;
  }

  /** Whether an application that restarts by itself comes up with nothing loaded. */
  boolean losesDataOnRestart() {
    return switch (settings.reload()) {
      case ReloadWay.Http _ -> true;
      case ReloadWay.Signal _,
          ReloadWay.Child _,
          ReloadWay.Command _,
          ReloadWay.Evict _,
          ReloadWay.Watch _ ->
          false;
    };
  }

  /** Whether an application that does not answer may just not have been started yet. */
  boolean isStartedByUs() {
    return switch (settings.reload()) {
      case ReloadWay.Child _, ReloadWay.Command _ -> true;
      case ReloadWay.Http _, ReloadWay.Signal _, ReloadWay.Evict _, ReloadWay.Watch _ -> false;
    };
  }

  boolean isStopped(ReleaseSet release) {
    return reloader.isStopped(release);
  }

  /**
   * Makes the release's directory, which nobody looks into yet.
   *
   * @throws HydraException {@code STORAGE_FAILED}
   */
  void prepare(ReleaseSet release) {
    current.prepare(release);
  }

  /**
   * Lets an application that is not there yet find the release when it starts.
   *
   * @throws HydraException {@code STORAGE_FAILED}
   */
  void offer(ReleaseSet release) {
    current.switchTo(release);
  }

  /** Returns false when it is worth another try. */
  boolean letGo(Draining state) throws InterruptedException {
    var deadline = state.since().plus(settings.timing().drainDeadline());
    var now = clock.instant();
    boolean late = !now.isBefore(deadline);
    if (reloader.letGo(late ? now.plus(settings.hooks().timeout()) : deadline)) {
      return true;
    }
    if (late) {
      LOG.warnf("going on although the application did not let go state=DRAINING");
    }
    return late;
  }

  void reload(Snapshot seen, Reloading state) throws InterruptedException {
    var target = state.move().target();
    switch (bringOnto(target)) {
      case Outcome.Loaded _ -> serve(seen, state);
      case Outcome.Refused refused -> {
        LOG.errorf(
            "reload failed release=%s code=%s detail=%s",
            target.ref(), refused.fault().code(), refused.fault().detail());
        goBack(seen, state, refused.fault(), blame(seen, state.move(), refused.fault()));
      }
      case Outcome.Hindered hindered ->
          lifecycle.transition(seen, state.fail(hindered.fault(), clock.instant()), seen.setback());
    }
  }

  /** Same content, another name: in service all the time. */
  void relabel(Snapshot seen, Serving state, Move move) throws InterruptedException {
    current.switchTo(move.target());
    var deadline = clock.instant().plus(settings.timing().reloadDeadline());
    switch (reloader.relabel(move.target(), deadline)) {
      case Outcome.Loaded _ -> {
        lifecycle.transition(
            seen, state.relabel(move.target()), withoutOvercome(seen, move.target()));
        prune(move.target(), Optional.of(state.release()));
      }
      case Outcome.Refused refused -> {
        current.switchTo(state.release());
        lifecycle.transition(seen, state, blame(seen, move, refused.fault()));
      }
      case Outcome.Hindered hindered -> {
        current.switchTo(state.release());
        throw new HydraException(hindered.fault().code(), hindered.fault().detail());
      }
    }
  }

  private Outcome bringOnto(ReleaseSet target) throws InterruptedException {
    var deadline = clock.instant().plus(settings.timing().reloadDeadline());
    try {
      current.switchTo(target);
    } catch (HydraException e) {
      return new Outcome.Hindered(new Fault(e.code(), e.detail()));
    }
    var told = reloader.reload(target, deadline);
    return told instanceof Outcome.Loaded ? check.await(target, deadline) : told;
  }

  private void serve(Snapshot seen, Reloading state) {
    monitor.loaded();
    var target = state.move().target();
    lifecycle.transition(seen, state.serve(), withoutOvercome(seen, target));
    prune(target, state.from());
  }

  private void goBack(Snapshot seen, Reloading state, Fault fault, Optional<Setback> setback) {
    var lastGood =
        state.from().filter(good -> !good.equals(state.move().target())).filter(data::hasAllOf);
    lifecycle.transition(
        seen,
        lastGood.isPresent() ? state.goBackTo(lastGood.get()) : state.fail(fault, clock.instant()),
        setback);
  }

  /** A return to what was good is nobody's order; that it fails says nothing about the release. */
  private static Optional<Setback> blame(Snapshot seen, Move move, Fault fault) {
    return move.granted()
        ? Optional.of(new Setback(move.target().ref(), move.epoch(), fault))
        : seen.setback();
  }

  private static Optional<Setback> withoutOvercome(Snapshot seen, ReleaseSet served) {
    return seen.setback().filter(setback -> !setback.isOvercomeBy(served.ref()));
  }

  private void prune(ReleaseSet served, Optional<ReleaseSet> before) {
    var keep = new LinkedHashSet<ReleaseSet>();
    keep.add(served);
    before.ifPresent(keep::add);
    current.prune(keep);
  }
}
