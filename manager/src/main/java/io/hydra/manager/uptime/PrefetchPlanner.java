package io.hydra.manager.uptime;

import io.hydra.model.ChannelId;
import io.hydra.model.NodeName;
import io.hydra.model.UptimePhase;
import io.hydra.wire.NodeRegistration;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.Function;

/** Decides which nodes fetch data for workloads that are about to return. Pure. */
final class PrefetchPlanner {
  private final Collection<NodeRegistration> nodes;
  private final Function<ChannelId, Duration> lead;
  private final BiPredicate<NodeRegistration, Map<String, String>> matches;

  /**
   * @param nodes that are there
   * @param lead how long before a window a channel's data has to be fetched
   * @param matches whether a node has all labels of a selector
   */
  PrefetchPlanner(
      Collection<NodeRegistration> nodes,
      Function<ChannelId, Duration> lead,
      BiPredicate<NodeRegistration, Map<String, String>> matches) {
    this.nodes = nodes.stream().sorted(Comparator.comparing(NodeRegistration::name)).toList();
    this.lead = lead;
    this.matches = matches;
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
    nodes.stream().map(NodeRegistration::name).filter(kept.nodes()::contains).forEach(chosen::add);
    nodes.stream()
        .filter(node -> !chosen.contains(node.name()))
        .filter(node -> matches.test(node, workload.nodeSelector()))
        .limit(kept.nodes().size() - (long) chosen.size())
        .map(NodeRegistration::name)
        .forEach(chosen::add);
    return chosen;
  }
}
