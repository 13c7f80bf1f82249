package io.hydra.appman.lifecycle;

import io.hydra.wire.Fault;
import io.hydra.wire.InstanceState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Where an instance is in its life. A transition that is legal is a method of the state it starts
 * from; {@link Lifecycle#transition} carries it out. This says nothing of health: readiness is
 * derived from it and from what the application says.
 */
public sealed interface InstanceLifecycle {

  /** The same on the wire. */
  InstanceState wire();

  /**
   * Nothing to serve yet.
   *
   * @param last what it served when AppMan ran before and whose data is gone; the application may
   *     still have it loaded and work in hand
   */
  record Waiting(Optional<ReleaseSet> last) implements InstanceLifecycle {
    /** For an application that has never had data: there is nothing to drain. */
    public Reloading reload(Move move) {
      return new Reloading(Optional.empty(), move, false, 0);
    }

    /** For one that may be busy with what it had. */
    public Draining drain(Move move, Instant now) {
      return new Draining(Optional.empty(), move, now, Holding.UNKNOWN);
    }

    @Override
    public InstanceState wire() {
      return InstanceState.WAITING;
    }
  }

  /** On a release. */
  record Serving(ReleaseSet release) implements InstanceLifecycle {
    public Draining drain(Move move, Instant now, Holding holding) {
      return new Draining(Optional.of(release), move, now, holding);
    }

    /** The same content under a newer release's name. */
    public Serving relabel(ReleaseSet same) {
      return new Serving(same);
    }

    /** Its process is gone, so there is nothing to drain. */
    public Reloading restore() {
      return new Reloading(Optional.of(release), Move.restoring(release), false, 0);
    }

    @Override
    public InstanceState wire() {
      return InstanceState.SERVING;
    }
  }

  /**
   * Out of traffic, finishing what it has in hand.
   *
   * @param from what it served; empty when AppMan does not know of anything good
   * @param since when it left traffic
   */
  record Draining(Optional<ReleaseSet> from, Move move, Instant since, Holding holding)
      implements InstanceLifecycle {
    /** A newer order, at no cost: it is out of traffic already. */
    public Draining retarget(Move newer) {
      return new Draining(from, newer, since, holding);
    }

    /** The order is gone and nothing was touched. */
    public Serving returnTo(ReleaseSet untouched) {
      return new Serving(untouched);
    }

    public Draining released() {
      return new Draining(from, move, since, Holding.RELEASED);
    }

    public Reloading reload() {
      return new Reloading(from, move, holding == Holding.RELEASED, 0);
    }

    /** To what was good, since the data of the move is gone. */
    public Reloading restore(ReleaseSet lastGood) {
      return new Reloading(from, Move.restoring(lastGood), holding == Holding.RELEASED, 0);
    }

    @Override
    public InstanceState wire() {
      return InstanceState.DRAINING;
    }
  }

  /**
   * Switching, reloading, checking.
   *
   * @param from the last good release
   * @param released whether the application had let go of its data before
   * @param attempt how often going back has failed already
   */
  record Reloading(Optional<ReleaseSet> from, Move move, boolean released, int attempt)
      implements InstanceLifecycle {
    public Serving serve() {
      return new Serving(move.target());
    }

    public Reloading goBackTo(ReleaseSet lastGood) {
      return new Reloading(from, Move.restoring(lastGood), false, attempt);
    }

    public Failed fail(Fault fault, Instant now) {
      return new Failed(from, fault, attempt + 1, now.plus(retryAfter(attempt)));
    }

    /** 1 s, doubled with each attempt, at most 30 s. */
    private static Duration retryAfter(int attempt) {
      return Duration.ofSeconds(Math.min(30, 1L << Math.min(attempt, 5)));
    }

    @Override
    public InstanceState wire() {
      return InstanceState.RELOADING;
    }
  }

  /**
   * Out of traffic, with nothing good loaded.
   *
   * @param attempts how often a reload failed in a row
   * @param retryAt not tried again before
   */
  record Failed(Optional<ReleaseSet> lastGood, Fault fault, int attempts, Instant retryAt)
      implements InstanceLifecycle {
    public Reloading retry(ReleaseSet good) {
      return new Reloading(lastGood, Move.restoring(good), false, attempts);
    }

    public Reloading reload(Move move) {
      return new Reloading(lastGood, move, false, attempts);
    }

    /** For a move that needs the application to let go first. */
    public Draining drain(Move move, Instant now) {
      return new Draining(lastGood, move, now, Holding.UNKNOWN);
    }

    @Override
    public InstanceState wire() {
      return InstanceState.FAILED;
    }
  }
}
