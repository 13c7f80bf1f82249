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
import java.util.Optional;

/** Draws a channel's state as lines of text. */
final class LiveView {
  private static final int BAR = 24;

  private LiveView() {}

  static List<String> lines(ChannelStatus status, Balancer balancer, TrafficSummary traffic) {
    var lines = new ArrayList<String>();
    lines.add("rollout   %s: %s".formatted(status.rollout().phase(), status.rollout().reason()));
    status.nodes().forEach(node -> lines.add(node(node)));
    status.instances().forEach(instance -> lines.add(instance(instance, balancer)));
    lines.add(
        "traffic   answered by release %s, failed %d"
            .formatted(rounded(traffic), traffic.failed()));
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

  private static String instance(InstanceView instance, Balancer balancer) {
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

  /** To the hundred, so that where only changes are shown there are few. */
  private static String rounded(TrafficSummary traffic) {
    var text = new StringBuilder();
    traffic
        .byRelease()
        .forEach(
            (release, count) ->
                text.append(text.isEmpty() ? "" : ", ")
                    .append(release)
                    .append(": ")
                    .append(
                        Optional.of(count / 100 * 100)
                            .filter(c -> c > 0)
                            .map(c -> c + "+")
                            .orElse("some")));
    return text.isEmpty() ? "none yet" : text.toString();
  }
}
