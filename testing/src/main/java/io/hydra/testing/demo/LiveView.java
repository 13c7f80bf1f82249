package io.hydra.testing.demo;

import io.hydra.testing.balancer.Backend;
import io.hydra.testing.balancer.Balancer;
import io.hydra.testing.traffic.TrafficSummary;
import io.hydra.wire.ChannelStatus;
import io.hydra.wire.InstanceReport;
import io.hydra.wire.InstanceView;
import io.hydra.wire.NodeProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Draws the state of a channel and its traffic as lines of text. */
final class LiveView {
  private static final int BAR = 24;

  private final Balancer balancer;
  private final boolean exact;
  private long sampledAt = System.nanoTime();
  private long sampled;
  private long perSecond;

  /**
   * @param exact whether numbers are shown as they are; else rounded, so that few lines change
   */
  LiveView(Balancer balancer, boolean exact) {
    this.balancer = balancer;
    this.exact = exact;
  }

  List<String> lines(ChannelStatus status, TrafficSummary traffic) {
    var lines = new ArrayList<String>();
    lines.add("rollout   %s: %s".formatted(status.rollout().phase(), status.rollout().reason()));
    status.nodes().forEach(node -> lines.add(node(node)));
    status.instances().forEach(instance -> lines.add(instance(instance)));
    lines.add(traffic(traffic));
    return lines;
  }

  private static String node(NodeProgress node) {
    double share =
        node.totalBytes() == 0 ? 0 : Math.min(1, (double) node.readyBytes() / node.totalBytes());
    int filled = (int) (share * BAR);
    return "%-9s [%s%s] %s of %s%s%s"
        .formatted(
            node.node(),
            "#".repeat(filled),
            ".".repeat(BAR - filled),
            Bytes.text(node.readyBytes()),
            Bytes.text(node.totalBytes()),
            node.ready() ? ", ready" : "",
            node.fault().map(fault -> ", " + fault.code() + ": " + fault.detail()).orElse(""));
  }

  private String instance(InstanceView instance) {
    var id = instance.registration().id().value();
    var backend = balancer.backends().stream().filter(each -> each.id().equals(id)).findFirst();
    var report = instance.report();
    return "%-9s %-9s %s%s, balancer: %s"
        .formatted(
            id,
            report.map(known -> known.state().name()).orElse(instance.connection().name()),
            report.flatMap(InstanceReport::serving).map(Object::toString).orElse("nothing"),
            report.flatMap(InstanceReport::moving).map(to -> " to " + to).orElse(""),
            backend.map(LiveView::side).orElse("unknown"));
  }

  private static String side(Backend backend) {
    return backend.isReady() ? "in" : "out";
  }

  private String traffic(TrafficSummary traffic) {
    var byRelease =
        traffic.byRelease().entrySet().stream()
            .map(release -> release.getKey() + " " + count(release.getValue()))
            .collect(Collectors.joining(", "));
    var rate = exact ? "%d/s, ".formatted(rate(traffic.answered())) : "";
    return "traffic   %sfailed %d, answered by %s"
        .formatted(rate, traffic.failed(), byRelease.isEmpty() ? "none yet" : byRelease);
  }

  private String count(long requests) {
    if (exact) {
      return Long.toString(requests);
    }
    return requests < 100 ? "(some)" : "(" + requests / 100 * 100 + "+)";
  }

  /** Answers a second, over the last second or a little more. */
  private long rate(long answered) {
    double seconds = (System.nanoTime() - sampledAt) / 1e9;
    if (seconds >= 1) {
      perSecond = Math.round((answered - sampled) / seconds);
      sampledAt = System.nanoTime();
      sampled = answered;
    }
    return perSecond;
  }
}
