package io.hydra.manager.uptime;

import io.hydra.model.NodeName;
import io.hydra.wire.CopyState;
import io.hydra.wire.DatasetReport;
import io.hydra.wire.NodeReport;
import io.hydra.wire.NodeView;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How fast nodes fetch, as seen in their reports: what one has downloaded between two of them while
 * it was fetching. Later measurements weigh more.
 */
final class FetchSpeed {
  private static final double WEIGHT = 0.2;
  private static final double SLOWEST = 1_000_000;
  private static final double FASTEST = 2_000_000_000;

  private final Map<NodeName, Sample> samples = new HashMap<>();
  private double bytesPerSecond;

  private record Sample(Instant heard, long downloaded, boolean fetching) {}

  /**
   * @param assumed until something was measured
   */
  FetchSpeed(double assumed) {
    bytesPerSecond = bounded(assumed);
  }

  double bytesPerSecond() {
    return bytesPerSecond;
  }

  void look(Collection<NodeView> nodes) {
    samples.keySet().retainAll(nodes.stream().map(node -> node.registration().name()).toList());
    nodes.forEach(this::look);
  }

  private void look(NodeView node) {
    if (node.report().isEmpty() || node.lastHeard().isEmpty()) {
      return;
    }
    var now = sample(node.lastHeard().get(), node.report().get());
    Optional.ofNullable(samples.put(node.registration().name(), now))
        .filter(before -> before.fetching() && now.fetching())
        .ifPresent(before -> measure(before, now));
  }

  private void measure(Sample before, Sample now) {
    double seconds = Duration.between(before.heard(), now.heard()).toMillis() / 1000.0;
    long bytes = now.downloaded() - before.downloaded();
    // Counters begin anew with a restarted agent.
    if (seconds >= 1 && bytes > 0) {
      bytesPerSecond += WEIGHT * (bounded(bytes / seconds) - bytesPerSecond);
    }
  }

  private static Sample sample(Instant heard, NodeReport report) {
    return new Sample(
        heard,
        report.datasets().stream().mapToLong(DatasetReport::downloadedBytes).sum(),
        report.datasets().stream().anyMatch(dataset -> dataset.disk() == CopyState.MOVING));
  }

  private static double bounded(double speed) {
    return Math.clamp(speed, SLOWEST, FASTEST);
  }
}
