package io.hydra.appman.lifecycle;

import io.hydra.appman.lifecycle.InstanceLifecycle.Draining;
import io.hydra.appman.lifecycle.InstanceLifecycle.Failed;
import io.hydra.appman.lifecycle.InstanceLifecycle.Reloading;
import io.hydra.appman.lifecycle.InstanceLifecycle.Serving;
import io.hydra.appman.lifecycle.InstanceLifecycle.Waiting;
import io.hydra.appman.lifecycle.Step.AwaitApplication;
import io.hydra.appman.lifecycle.Step.AwaitData;
import io.hydra.appman.lifecycle.Step.Enter;
import io.hydra.appman.lifecycle.Step.Evict;
import io.hydra.appman.lifecycle.Step.LetGo;
import io.hydra.appman.lifecycle.Step.Offer;
import io.hydra.appman.lifecycle.Step.Relabel;
import io.hydra.appman.lifecycle.Step.Reload;
import io.hydra.appman.lifecycle.Step.Rest;
import io.hydra.appman.lifecycle.Step.Stay;
import java.util.Optional;

/**
 * Decides the next step. Pure: the same situation always gives the same step.
 *
 * <p>A release of exactly the same content is taken up in full service, as there is nothing to
 * load; not so where the application follows {@code current} by itself, because it would reload at
 * the sight of a new target.
 */
public final class Planner {
  private final boolean relabelsInService;
  private final boolean replacesPods;

  /**
   * @param relabelsInService whether a switch to the same content leaves the application alone
   * @param replacesPods whether an application that has loaded something gets nothing else, but
   *     another pod takes its place
   */
  public Planner(boolean relabelsInService, boolean replacesPods) {
    this.relabelsInService = relabelsInService;
    this.replacesPods = replacesPods;
  }

  public Step next(Situation situation) {
    return switch (situation.state()) {
      case Waiting waiting -> waiting(waiting, situation);
      case Serving serving -> serving(serving, situation);
      case Draining draining -> draining(draining, situation);
      case Reloading reloading -> new Reload(reloading);
      case Failed failed -> failed(failed, situation);
    };
  }

  private static Step waiting(Waiting state, Situation situation) {
    // With nothing else to serve, even what failed is worth trying again.
    var move = situation.wanted().or(situation::fallback).or(situation::granted);
    if (move.isEmpty()) {
      return new Stay();
    }
    var target = move.get().target();
    boolean isThere = situation.hasAllOf(target);
    if (isThere && !situation.application().reachable()) {
      return new Offer(target);
    }
    boolean busy = state.last().isPresent();
    if (busy && move.get().letGo()) {
      return new Enter(state.drain(move.get(), situation.now()));
    }
    if (!isThere) {
      return awaitData(target, situation);
    }
    return new Enter(busy ? state.drain(move.get(), situation.now()) : state.reload(move.get()));
  }

  private Step serving(Serving state, Situation situation) {
    var application = situation.application();
    if (application.stopped()) {
      return application.restorable() ? new Enter(state.restore()) : new Stay();
    }
    if (!application.reachable()) {
      return new AwaitApplication();
    }
    var wanted = situation.wanted().filter(move -> !move.target().equals(state.release()));
    if (wanted.isEmpty()) {
      return application.drifted() ? restore(state, situation) : new Stay();
    }
    var move = wanted.get();
    if (relabelsInService
        && !application.drifted()
        && move.target().sameContentAs(state.release())) {
      return new Relabel(state, move);
    }
    if (situation.rests() && !application.drifted()) {
      return new Rest();
    }
    // No traffic is given up for data that is not there, unless letting go is what brings it.
    if (!move.letGo() && !situation.hasAllOf(move.target())) {
      return application.drifted()
          ? restore(state, situation)
          : awaitData(move.target(), situation);
    }
    var holding = application.drifted() ? Holding.UNKNOWN : Holding.LOADED;
    return new Enter(state.drain(move, situation.now(), holding));
  }

  /** It may get traffic at this moment, so even a repair begins with a drain. */
  private static Step restore(Serving state, Situation situation) {
    if (!situation.application().restorable() || !situation.hasAllOf(state.release())) {
      return new Stay();
    }
    var move = Move.restoring(state.release());
    return new Enter(state.drain(move, situation.now(), Holding.UNKNOWN));
  }

  private Step draining(Draining state, Situation situation) {
    var untouched = state.from().filter(release -> state.holding() == Holding.LOADED);
    var aim = aim(state, situation);
    if (untouched.isPresent() && aim.target().equals(untouched.get())) {
      return new Enter(state.returnTo(untouched.get()));
    }
    if (!aim.equals(state.move())) {
      return new Enter(state.retarget(aim));
    }
    if (!situation.idle()) {
      return new Stay();
    }
    if (replacesPods && state.from().filter(aim.target()::equals).isEmpty()) {
      return aim.letGo() || situation.hasAllOf(aim.target())
          ? new Evict()
          : withoutData(state, aim, untouched, situation);
    }
    if (aim.letGo() && state.holding() != Holding.RELEASED) {
      return new LetGo(state);
    }
    if (situation.hasAllOf(aim.target())) {
      return new Enter(state.reload());
    }
    return withoutData(state, aim, untouched, situation);
  }

  private static Step withoutData(
      Draining state, Move aim, Optional<ReleaseSet> untouched, Situation situation) {
    if (aim.letGo()) {
      return awaitData(aim.target(), situation);
    }
    if (untouched.isPresent()) {
      return new Enter(state.returnTo(untouched.get()));
    }
    return state
        .from()
        .filter(situation::hasAllOf)
        .<Step>map(lastGood -> new Enter(state.restore(lastGood)))
        .orElseGet(() -> awaitData(aim.target(), situation));
  }

  /** Where to, now: the newest order, or back if there is none any more. */
  private static Move aim(Draining state, Situation situation) {
    if (!situation.ordersKnown()) {
      return state.move();
    }
    var wanted = situation.wanted();
    if (wanted.isEmpty()) {
      return state.from().map(from -> restoring(state, from)).orElse(state.move());
    }
    var move = wanted.get();
    if (state.from().filter(move.target()::equals).isPresent()
        && (!move.letGo() || situation.hasAllOf(move.target()))) {
      return restoring(state, move.target());
    }
    return move.sameWayAs(state.move()) ? state.move() : move;
  }

  private static Move restoring(Draining state, ReleaseSet lastGood) {
    return state.move().target().equals(lastGood) && !state.move().letGo()
        ? state.move()
        : Move.restoring(lastGood);
  }

  private Step failed(Failed state, Situation situation) {
    if (situation.now().isBefore(state.retryAt())) {
      return new Stay();
    }
    var next = afterFailure(state, situation);
    if (situation.application().reachable() || next instanceof AwaitData) {
      return next;
    }
    return next instanceof Enter(Reloading(var _, var move, var _, var _))
        ? new Offer(move.target())
        : new AwaitApplication();
  }

  private Step afterFailure(Failed state, Situation situation) {
    var lastGood = state.lastGood().filter(situation::hasAllOf);
    var wanted =
        situation
            .wanted()
            .or(situation::fallback)
            .filter(move -> lastGood.filter(move.target()::equals).isEmpty())
            .or(() -> lastGood.isEmpty() ? situation.granted() : Optional.empty());
    boolean isBeyondRepair = replacesPods && state.attempts() > 1;
    if (wanted.isPresent() && (wanted.get().letGo() || isBeyondRepair)) {
      return new Enter(state.drain(wanted.get(), situation.now()));
    }
    if (wanted.isPresent() && situation.hasAllOf(wanted.get().target())) {
      return new Enter(state.reload(wanted.get()));
    }
    if (lastGood.isPresent()) {
      return new Enter(state.retry(lastGood.get()));
    }
    return wanted.<Step>map(move -> awaitData(move.target(), situation)).orElseGet(Stay::new);
  }

  private static Step awaitData(ReleaseSet release, Situation situation) {
    return new AwaitData(release, situation.missingOf(release));
  }
}
