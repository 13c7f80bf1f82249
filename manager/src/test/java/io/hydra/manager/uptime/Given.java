package io.hydra.manager.uptime;

import io.hydra.model.ChannelId;
import io.hydra.model.NodeName;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Workloads for tests. */
final class Given {
  static final String WEEKDAYS = "Mon-Fri 08:00-19:30 Europe/Berlin";
  static final ChannelId CHANNEL = ChannelId.parse("prod/search/searcher");
  static final WorkloadId ID = new WorkloadId(WorkloadId.Kind.DEPLOYMENT, "search", "searcher");
  static final Set<NodeName> NODES = Set.of(NodeName.of("node-1"));

  private Given() {}

  static Instant at(String text) {
    return ZonedDateTime.parse(text).toInstant();
  }

  static Workload workload(int replicas, Optional<String> uptime, Memory memory) {
    return new Workload(
        ID, "uid", "1", replicas, Optional.of(CHANNEL), uptime, Optional.empty(), Map.of(), memory);
  }

  /** A workload with these windows in its own annotation. */
  static Subject subject(int replicas, String uptime, Memory memory) {
    return new Subject(
        workload(replicas, Optional.of(uptime), memory), Optional.empty(), Optional.empty());
  }

  static Subject scaled(Subject subject, int replicas) {
    return subject.with(subject.workload().with(replicas, subject.workload().memory()));
  }

  static Subject annotated(Subject subject, Optional<String> uptime, Optional<String> exclude) {
    var workload = subject.workload();
    return subject.with(
        new Workload(
            workload.id(),
            workload.uid(),
            workload.version(),
            workload.replicas(),
            workload.channel(),
            uptime,
            exclude,
            workload.nodeSelector(),
            workload.memory()));
  }

  /** As the planner leaves it. */
  static Subject acted(Subject subject, Instant now) {
    return UptimePlanner.plan(subject, NODES, now)
        .map(action -> subject.with(action.done()))
        .orElse(subject);
  }
}
