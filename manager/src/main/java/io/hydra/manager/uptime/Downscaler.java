package io.hydra.manager.uptime;

import io.hydra.manager.discovery.Whereabouts;
import io.hydra.manager.lead.LeadScoped;
import io.hydra.manager.observe.Leadership;
import io.hydra.model.NodeName;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/** Scales what is outside of its windows to zero and back, one look at everything at a time. */
@LeadScoped
class Downscaler {
  /** Annotations have their limit, and a cluster of thousands needs no list of them all. */
  private static final int MOST_NODES = 200;

  private final UptimeClock clock;
  private final Workloads workloads;
  private final Subjects subjects;
  private final Leadership leadership;
  private final Whereabouts whereabouts;
  private final WorkloadWriter writer;
  private final Leads leads;
  private final Prefetches prefetches;

  Downscaler(
      UptimeClock clock,
      Workloads workloads,
      Subjects subjects,
      Leadership leadership,
      Whereabouts whereabouts,
      WorkloadWriter writer,
      Leads leads,
      Prefetches prefetches) {
    this.clock = clock;
    this.workloads = workloads;
    this.subjects = subjects;
    this.leadership = leadership;
    this.whereabouts = whereabouts;
    this.writer = writer;
    this.leads = leads;
    this.prefetches = prefetches;
  }

  /** Nothing follows from what is known in part: what says otherwise may not have been told yet. */
  boolean knowsEnough() {
    return workloads.isComplete() && whereabouts.isComplete() && leadership.settled();
  }

  void tick() throws InterruptedException {
    if (!knowsEnough()) {
      return;
    }
    var now = clock.now();
    var all = subjects.all();
    fetch(all, now);
    for (var subject : all) {
      scale(subject, now);
    }
  }

  /** Before anything is scaled back, with which the wish to fetch for it would be gone. */
  private void fetch(Collection<Subject> all, Instant now) {
    var planner = leads.planner();
    prefetches.update(
        all.stream().flatMap(subject -> planner.due(subject, now).stream()).toList(), now);
  }

  private void scale(Subject subject, Instant now) throws InterruptedException {
    if (subject.rule(now) instanceof Rule.Unclear(var why)) {
      writer.objectTo(subject.workload(), why);
      return;
    }
    var action = UptimePlanner.plan(subject, nodes(subject.workload()), now);
    if (action.isPresent()) {
      writer.carryOut(action.get());
    }
  }

  private Set<NodeName> nodes(Workload workload) {
    var nodes = new TreeSet<NodeName>();
    workload.channel().map(whereabouts::nodesOf).stream()
        .flatMap(Collection::stream)
        .sorted()
        .limit(MOST_NODES)
        .forEach(nodes::add);
    return nodes;
  }
}
