package io.hydra.manager.observe;

import io.hydra.manager.assign.Inventory;
import io.hydra.manager.lead.LeadBegan;
import io.hydra.manager.lead.LeadScoped;
import io.hydra.model.NodeName;
import io.hydra.wire.CopyState;
import io.hydra.wire.DatasetReport;
import io.hydra.wire.NodeReport;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How fast nodes fetch, as seen in their reports: what one has downloaded between two of them while
 * it was fetching. An exponentially weighted mean, later measurements weigh more. Not kept: another
 * leader measures anew.
 */
@LeadScoped
public class FetchSpeed {
  private static final double WEIGHT = 0.2;
  private static final double SLOWEST = 1_000_000;
  private static final double FASTEST = 2_000_000_000;
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  private final Clock clock;
  private final Map<NodeName, Sample> samples = new HashMap<>();
  private final Map<NodeName, Double> ofNodes = new HashMap<>();
  private OptionalDouble ofAll = OptionalDouble.empty();

  private record Sample(Instant heard, long downloaded, boolean fetching) {}

  public FetchSpeed(ObservedCluster cluster, Clock clock) {
    this.clock = clock;
    cluster.onSighting(
        sighting -> {
          if (sighting instanceof Sighting.OfNode(var node, var _)) {
            cluster.inventory(node).map(Inventory::report).ifPresent(r -> heard(node, r));
          }
        });
  }

  /** Has it made, so that it hears of all reports. */
  void begin(@Observes LeadBegan event) {}

  /** Bytes a second, of all nodes; empty until one was seen to fetch. */
  public synchronized OptionalDouble bytesPerSecond() {
    return ofAll;
  }

  /** Bytes a second, of the node where it was seen to fetch, else of all. */
  public synchronized OptionalDouble bytesPerSecond(NodeName node) {
    return Optional.ofNullable(ofNodes.get(node)).map(OptionalDouble::of).orElse(ofAll);
  }

  /** A report that is not like the one before. */
  synchronized void heard(NodeName node, NodeReport report) {
    var before = Optional.ofNullable(samples.get(node));
    var now = sample(clock.instant(), report);
    if (before.filter(b -> b.fetching() && isTooSoon(b, now)).isPresent()) {
      return;
    }
    samples.put(node, now);
    before
        .filter(b -> b.fetching() && now.fetching())
        // Counters begin anew with a restarted agent.
        .filter(b -> now.downloaded() > b.downloaded())
        .ifPresent(b -> measure(node, b, now));
  }

  private static boolean isTooSoon(Sample before, Sample now) {
    return now.fetching() && Duration.between(before.heard(), now.heard()).compareTo(SHORTEST) < 0;
  }

  private void measure(NodeName node, Sample before, Sample now) {
    double seconds = Duration.between(before.heard(), now.heard()).toMillis() / 1000.0;
    double speed = Math.clamp((now.downloaded() - before.downloaded()) / seconds, SLOWEST, FASTEST);
    ofNodes.merge(node, speed, FetchSpeed::mean);
    ofAll = OptionalDouble.of(ofAll.isPresent() ? mean(ofAll.getAsDouble(), speed) : speed);
  }

  private static double mean(double so, double now) {
    return so + WEIGHT * (now - so);
  }

  private static Sample sample(Instant heard, NodeReport report) {
    return new Sample(
        heard,
        report.datasets().stream().mapToLong(DatasetReport::downloadedBytes).sum(),
        report.datasets().stream().anyMatch(dataset -> dataset.disk() == CopyState.MOVING));
  }
}
