package io.hydra.manager.uptime;

import io.hydra.model.UptimePhase;
import io.hydra.wire.UptimeChange;
import io.hydra.wire.UptimeStep;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Tells what will be done with a workload if nobody else changes anything. Pure. */
final class UptimeForecaster {
  /** Windows of minutes, day by day: more would be no plan that anybody reads. */
  private static final int MOST_STEPS = 500;

  private final PrefetchPlanner prefetches;
  private final Instant end;
  private final List<UptimeStep> steps = new ArrayList<>();

  private UptimeForecaster(PrefetchPlanner prefetches, Instant end) {
    this.prefetches = prefetches;
    this.end = end;
  }

  static List<UptimeStep> forecast(
      Subject subject, PrefetchPlanner prefetches, Instant now, Instant end) {
    var forecaster = new UptimeForecaster(prefetches, end);
    forecaster.run(subject, now);
    return List.copyOf(forecaster.steps);
  }

  private void run(Subject first, Instant from) {
    var subject = first;
    Optional<Instant> now = Optional.of(from);
    while (now.isPresent() && now.get().isBefore(end) && steps.size() < MOST_STEPS) {
      subject = act(subject, now.get());
      prefetch(subject, now.get());
      now = next(subject, now.get());
    }
  }

  private Subject act(Subject subject, Instant now) {
    var action = UptimePlanner.plan(subject, Set.of(), now);
    if (action.isEmpty()) {
      return subject;
    }
    switch (action.get()) {
      case UptimeAction.PutDown _ -> step(subject, now, UptimeChange.DOWN, 0);
      case UptimeAction.Restore(var _, int replicas) ->
          step(subject, now, UptimeChange.UP, replicas);
      case UptimeAction.Note _, UptimeAction.Forget _ -> {}
    }
    return subject.with(action.get().done());
  }

  private void prefetch(Subject subject, Instant now) {
    prefetches
        .next(subject, now)
        .map(prefetches::begin)
        .map(begin -> begin.isBefore(now) ? now : begin)
        .filter(begin -> begin.isBefore(end))
        .ifPresent(begin -> step(subject, begin, UptimeChange.PREFETCH, 0));
  }

  private void step(Subject subject, Instant at, UptimeChange what, int replicas) {
    var id = subject.workload().id();
    steps.add(new UptimeStep(at, id.kind().word(), id.namespace(), id.name(), what, replicas));
  }

  private static Optional<Instant> next(Subject subject, Instant now) {
    return switch (subject.rule(now)) {
      case Rule.Windows(var uptime, var _) ->
          switch (uptime.at(now)) {
            case UptimePhase.Up(var _, var until) -> until;
            case UptimePhase.Down(var _, var until) -> until;
          };
      case Rule.Excluded(var until) -> until;
      case Rule.Free _, Rule.Unclear _ -> Optional.empty();
    };
  }
}
