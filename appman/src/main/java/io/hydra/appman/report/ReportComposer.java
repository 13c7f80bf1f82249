package io.hydra.appman.report;

import io.hydra.appman.health.ApplicationMonitor;
import io.hydra.appman.health.InstanceReadiness;
import io.hydra.appman.lifecycle.Holding;
import io.hydra.appman.lifecycle.InstanceLifecycle;
import io.hydra.appman.lifecycle.Lifecycle;
import io.hydra.appman.lifecycle.Move;
import io.hydra.appman.lifecycle.ReleaseSet;
import io.hydra.appman.lifecycle.Setback;
import io.hydra.appman.target.Orders;
import io.hydra.model.DatasetName;
import io.hydra.model.Digest;
import io.hydra.wire.Fault;
import io.hydra.wire.InstanceReport;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Says in the words of the wire how the instance is. */
public final class ReportComposer {
  private final Lifecycle lifecycle;
  private final Orders orders;
  private final InstanceReadiness readiness;
  private final ApplicationMonitor monitor;
  private final Trouble trouble;
  private final Notice notice;

  public ReportComposer(
      Lifecycle lifecycle,
      Orders orders,
      InstanceReadiness readiness,
      ApplicationMonitor monitor,
      Trouble trouble,
      Notice notice) {
    this.lifecycle = lifecycle;
    this.orders = orders;
    this.readiness = readiness;
    this.monitor = monitor;
    this.trouble = trouble;
    this.notice = notice;
  }

  public InstanceReport compose() {
    // First the epoch: a report may be older than its orders say, never newer.
    long epoch = orders.epoch();
    boolean ready = notice.isTaken(readiness.isUp());
    var snapshot = lifecycle.snapshot();
    var state = snapshot.state();
    return new InstanceReport(
        epoch,
        state.wire(),
        ready && state instanceof InstanceLifecycle.Serving,
        serving(state).map(ReleaseSet::ref),
        moving(state).map(move -> move.target().ref()),
        released(state),
        loaded(state),
        snapshot.setback().map(Setback::release),
        fault(snapshot));
  }

  /** When the report changes by the mere passing of time, if it does. */
  Optional<Duration> changesIn() {
    return notice.remaining();
  }

  private static Optional<ReleaseSet> serving(InstanceLifecycle state) {
    return switch (state) {
      case InstanceLifecycle.Waiting _ -> Optional.empty();
      case InstanceLifecycle.Serving serving -> Optional.of(serving.release());
      case InstanceLifecycle.Draining draining -> draining.from();
      case InstanceLifecycle.Reloading reloading -> reloading.from();
      // It will go back there; its data must stay.
      case InstanceLifecycle.Failed failed -> failed.lastGood();
    };
  }

  private static Optional<Move> moving(InstanceLifecycle state) {
    return switch (state) {
      case InstanceLifecycle.Draining draining -> Optional.of(draining.move());
      case InstanceLifecycle.Reloading reloading -> Optional.of(reloading.move());
      case InstanceLifecycle.Waiting _, InstanceLifecycle.Serving _, InstanceLifecycle.Failed _ ->
          Optional.empty();
    };
  }

  private boolean released(InstanceLifecycle state) {
    return switch (state) {
      // What has never been loaded needs no letting go.
      case InstanceLifecycle.Waiting waiting ->
          waiting.last().isEmpty() && orders.granted().filter(Move::letGo).isPresent();
      case InstanceLifecycle.Draining draining -> draining.holding() == Holding.RELEASED;
      case InstanceLifecycle.Reloading reloading -> reloading.released();
      case InstanceLifecycle.Serving _, InstanceLifecycle.Failed _ -> false;
    };
  }

  /** The application's word; AppMan's own only where the application has none. */
  private Map<DatasetName, Digest> loaded(InstanceLifecycle state) {
    if (monitor.tellsWhatIsLoaded()) {
      return monitor.view().loaded().orElse(Map.of());
    }
    return switch (state) {
      case InstanceLifecycle.Serving serving -> serving.release().contents();
      case InstanceLifecycle.Draining draining ->
          draining
              .from()
              .filter(release -> draining.holding() == Holding.LOADED)
              .map(ReleaseSet::contents)
              .orElse(Map.of());
      case InstanceLifecycle.Waiting _, InstanceLifecycle.Reloading _, InstanceLifecycle.Failed _ ->
          Map.of();
    };
  }

  /** What failed counts until the instance is on its way to something else. */
  private Optional<Fault> fault(Lifecycle.Snapshot snapshot) {
    var setback = snapshot.setback().map(Setback::fault);
    var present =
        trouble
            .now()
            .or(
                () ->
                    snapshot.state() instanceof InstanceLifecycle.Failed failed
                        ? Optional.of(failed.fault())
                        : Optional.empty());
    return hasOtherAim(snapshot) ? present.or(() -> setback) : setback.or(() -> present);
  }

  private boolean hasOtherAim(Lifecycle.Snapshot snapshot) {
    return orders
        .granted()
        .filter(move -> snapshot.setback().filter(s -> s.speaksAgainst(move)).isEmpty())
        .filter(move -> !serving(snapshot.state()).equals(Optional.of(move.target())))
        .isPresent();
  }
}
