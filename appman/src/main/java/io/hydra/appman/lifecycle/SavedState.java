package io.hydra.appman.lifecycle;

import io.hydra.model.ReleaseRef;
import io.hydra.wire.InstanceState;
import java.time.Instant;
import java.util.Optional;

/**
 * Content of {@code state.json}: what a restarted AppMan must know. Written before what it tells of
 * begins, so that a killed AppMan finds at worst something that did not happen yet.
 *
 * @param epoch the newest order taken up
 * @param state where the instance was
 * @param served the last good release
 * @param move what was being carried out
 * @param holding what a draining application still had loaded
 * @param setback the release that failed last
 * @param child the process that AppMan runs
 */
public record SavedState(
    long epoch,
    InstanceState state,
    Optional<ReleaseSet> served,
    Optional<Move> move,
    Optional<Holding> holding,
    Optional<Setback> setback,
    Optional<SavedChild> child) {

  /** Of an AppMan that has never run. */
  public static final SavedState FIRST =
      new SavedState(
          0,
          InstanceState.WAITING,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  /**
   * A child process, told from a later one of the same id by its start.
   *
   * @param startedAt as the operating system tells it
   * @param release that it was started with
   */
  public record SavedChild(long pid, Instant startedAt, ReleaseRef release) {}

  public SavedState withEpoch(long newest) {
    return new SavedState(newest, state, served, move, holding, setback, child);
  }

  public SavedState withChild(Optional<SavedChild> running) {
    return new SavedState(epoch, state, served, move, holding, setback, running);
  }

  /** The same with another place in life. */
  public SavedState with(InstanceLifecycle lifecycle, Optional<Setback> newSetback) {
    return new SavedState(
        epoch,
        lifecycle.wire(),
        servedIn(lifecycle),
        moveIn(lifecycle),
        holdingIn(lifecycle),
        newSetback,
        child);
  }

  private static Optional<ReleaseSet> servedIn(InstanceLifecycle lifecycle) {
    return switch (lifecycle) {
      case InstanceLifecycle.Waiting waiting -> waiting.last();
      case InstanceLifecycle.Serving serving -> Optional.of(serving.release());
      case InstanceLifecycle.Draining draining -> draining.from();
      case InstanceLifecycle.Reloading reloading -> reloading.from();
      case InstanceLifecycle.Failed failed -> failed.lastGood();
    };
  }

  private static Optional<Move> moveIn(InstanceLifecycle lifecycle) {
    return switch (lifecycle) {
      case InstanceLifecycle.Draining draining -> Optional.of(draining.move());
      case InstanceLifecycle.Reloading reloading -> Optional.of(reloading.move());
      case InstanceLifecycle.Waiting _, InstanceLifecycle.Serving _, InstanceLifecycle.Failed _ ->
          Optional.empty();
    };
  }

  private static Optional<Holding> holdingIn(InstanceLifecycle lifecycle) {
    return switch (lifecycle) {
      case InstanceLifecycle.Draining draining -> Optional.of(draining.holding());
      // From here on nobody can tell until it is done.
      case InstanceLifecycle.Reloading _ -> Optional.of(Holding.UNKNOWN);
      case InstanceLifecycle.Waiting _, InstanceLifecycle.Serving _, InstanceLifecycle.Failed _ ->
          Optional.empty();
    };
  }
}
