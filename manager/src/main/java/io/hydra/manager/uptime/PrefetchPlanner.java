package io.hydra.manager.uptime;

import io.hydra.model.ChannelId;
import io.hydra.model.NodeName;
import io.hydra.model.UptimePhase;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/** Decides which nodes fetch data for workloads that are about to return. Pure. */
final class PrefetchPlanner {
  private final Function<ChannelId, Duration> lead;
  private final Predicate<NodeName> isThere;
  private final Function<Map<String, String>, Set<NodeName>> admitting;

  /**
   * @param lead how long before a window a channel's data has to be fetched
   * @param isThere whether a node is
   * @param admitting the nodes that are there to which pods with a selector may be bound
   */
  PrefetchPlanner(
      Function<ChannelId, Duration> lead,
      Predicate<NodeName> isThere,
      Function<Map<String, String>, Set<NodeName>> admitting) {
    this.lead = lead;
    this.isThere = isThere;
    this.admitting = admitting;
  }

  /**
   * When data begins to be fetched for a workload that was scaled to zero, and for which window.
   */
  Optional<Prefetch> next(Subject subject, Instant now) {
    if (!(subject.workload().memory() instanceof Memory.Kept kept)
        || subject.workload().channel().isEmpty()
        || !(subject.rule(now) instanceof Rule.Windows(var uptime, var _))
        || !(uptime.at(now) instanceof UptimePhase.Down(var _, var until))) {
      return Optional.empty();
    }
    var channel = subject.workload().channel().orElseThrow();
    return until.map(start -> new Prefetch(channel, choose(subject.workload(), kept), start));
  }

  Instant begin(Prefetch prefetch) {
    return prefetch.start().minus(lead.apply(prefetch.channel()));
  }

  Optional<Prefetch> due(Subject subject, Instant now) {
    return next(subject, now).filter(prefetch -> !now.isBefore(begin(prefetch)));
  }

  /** Where it ran; for nodes that are gone, others that its pods may be bound to. */
  private Set<NodeName> choose(Workload workload, Memory.Kept kept) {
    var chosen = new TreeSet<NodeName>();
    kept.nodes().stream().filter(isThere).forEach(chosen::add);
    int gone = kept.nodes().size() - chosen.size();
    if (gone > 0) {
      admitting.apply(workload.nodeSelector()).stream()
          .filter(node -> !chosen.contains(node))
          .sorted()
          .limit(gone)
          .toList()
          .forEach(chosen::add);
    }
    return chosen;
  }
}
