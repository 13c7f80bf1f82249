package io.hydra.manager.uptime;

import io.hydra.model.NodeName;
import io.hydra.model.UptimePhase;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Decides what is to be done with a workload now. Pure, and level-based: it looks at what holds and
 * what is there, never at what was done before, so a boundary that was missed is made up for.
 */
final class UptimePlanner {
  private UptimePlanner() {}

  /**
   * @param nodes on which the workload's channel has consumers
   */
  static Optional<UptimeAction> plan(Subject subject, Set<NodeName> nodes, Instant now) {
    var workload = subject.workload();
    return switch (subject.rule(now)) {
      case Rule.Unclear _ -> Optional.empty();
      case Rule.Free _, Rule.Excluded _ -> up(workload);
      case Rule.Windows(var uptime, var _) ->
          switch (uptime.at(now)) {
            case UptimePhase.Up _ -> up(workload);
            case UptimePhase.Down(var since, var _) ->
                down(workload, since, uptime.toString(), nodes);
          };
    };
  }

  private static Optional<UptimeAction> up(Workload workload) {
    return switch (workload.memory()) {
      case Memory.Blank _, Memory.Unreadable _ -> Optional.empty();
      case Memory.Kept kept -> Optional.of(up(workload, kept));
    };
  }

  /** Replicas that were seen in the downtime end with it; others were given since, by day. */
  private static UptimeAction up(Workload workload, Memory.Kept kept) {
    boolean asItWasLeft = workload.replicas() == 0 || isManual(workload, kept);
    return asItWasLeft && workload.replicas() != kept.replicas()
        ? new UptimeAction.Restore(workload, kept.replicas())
        : new UptimeAction.Forget(workload);
  }

  private static boolean isManual(Workload workload, Memory.Kept kept) {
    return kept.manual().filter(seen -> seen == workload.replicas()).isPresent();
  }

  private static Optional<UptimeAction> down(
      Workload workload, Instant since, String windows, Set<NodeName> nodes) {
    return switch (workload.memory()) {
      case Memory.Unreadable _ -> Optional.empty();
      case Memory.Blank _ ->
          workload.replicas() == 0
              ? Optional.empty()
              : Optional.of(putDown(workload, since, windows, nodes));
      case Memory.Kept kept when kept.isOf(since, windows) -> during(workload, kept);
      case Memory.Kept kept when workload.replicas() == 0 ->
          Optional.of(new UptimeAction.Note(workload, kept.of(since, windows)));
      case Memory.Kept kept when isManual(workload, kept) ->
          Optional.of(new UptimeAction.PutDown(workload, kept.of(since, windows)));
      case Memory.Kept _ -> Optional.of(putDown(workload, since, windows, nodes));
    };
  }

  private static UptimeAction putDown(
      Workload workload, Instant since, String windows, Set<NodeName> nodes) {
    return new UptimeAction.PutDown(
        workload, new Memory.Kept(workload.replicas(), since, windows, Optional.empty(), nodes));
  }

  /** Whoever scales it up in the downtime is respected. */
  private static Optional<UptimeAction> during(Workload workload, Memory.Kept kept) {
    if (workload.replicas() == 0 || isManual(workload, kept)) {
      return Optional.empty();
    }
    return Optional.of(
        new UptimeAction.Note(workload, kept.withManual(Optional.of(workload.replicas()))));
  }
}
