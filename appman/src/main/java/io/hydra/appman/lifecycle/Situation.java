package io.hydra.appman.lifecycle;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Everything that the plan depends on, at one moment.
 *
 * @param ordersKnown whether the manager was heard since AppMan started
 * @param granted the newest grant
 * @param fallback what to serve when there is nothing to serve and the manager is silent
 * @param setback the release that failed last
 * @param idle whether what was in hand when traffic left is done or its time is up
 * @param rests whether a move was given up a short time ago because the pod may not be replaced
 * @param missing says which of a release's datasets are not on the node
 */
public record Situation(
    InstanceLifecycle state,
    boolean ordersKnown,
    Optional<Move> granted,
    Optional<Move> fallback,
    Optional<Setback> setback,
    Application application,
    boolean idle,
    boolean rests,
    Function<ReleaseSet, List<String>> missing,
    Instant now) {

  /**
   * What is known of the application.
   *
   * @param reachable false only when nothing listens where its hooks should be
   * @param stopped whether it is AppMan's own child and does not run
   * @param drifted whether it has not loaded what it should serve, as after its own restart
   * @param restorable false while the last repair is too recent
   */
  public record Application(
      boolean reachable, boolean stopped, boolean drifted, boolean restorable) {}

  /** The grant, unless it would repeat what has failed already. */
  public Optional<Move> wanted() {
    return granted.filter(move -> setback.filter(s -> s.speaksAgainst(move)).isEmpty());
  }

  List<String> missingOf(ReleaseSet release) {
    return missing.apply(release);
  }

  boolean hasAllOf(ReleaseSet release) {
    return missingOf(release).isEmpty();
  }
}
