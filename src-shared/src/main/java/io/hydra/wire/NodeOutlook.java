package io.hydra.wire;

import io.hydra.model.NodeName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a release would mean for a node.
 *
 * @param detail one sentence
 * @param fetchBytes that it would fetch
 * @param diskFree bytes that may still be written, as last reported; 0 when unknown
 * @param ramBytes that it would copy into RAM
 * @param evictions what would go from disk, the largest first
 * @param fetchTime at the speed that was measured there, or else everywhere
 */
public record NodeOutlook(
    NodeName node,
    Fit fit,
    String detail,
    long fetchBytes,
    long diskFree,
    long ramBytes,
    List<Eviction> evictions,
    Optional<Duration> fetchTime) {
  public NodeOutlook {
    evictions = List.copyOf(evictions);
  }
}
