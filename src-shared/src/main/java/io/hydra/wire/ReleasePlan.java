package io.hydra.wire;

import io.hydra.model.Release;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a publish would lead to, as things are now.
 *
 * @param release that it would make, or that has this content already
 * @param created whether it would be a new one
 * @param verdict one sentence
 * @param nodes that would have to hold it, ordered by name
 * @param instances of the channel, ordered by id
 * @param maxUnavailable how many of them may be out of service at once
 * @param fetchTime until the slowest node has all of it, at the speeds that were measured; empty
 *     where none was measured yet, or some node cannot
 */
public record ReleasePlan(
    Release release,
    boolean created,
    String verdict,
    List<NodeOutlook> nodes,
    List<InstanceOutlook> instances,
    int maxUnavailable,
    Optional<Duration> fetchTime) {
  public ReleasePlan {
    nodes = List.copyOf(nodes);
    instances = List.copyOf(instances);
  }

  /** Whether every node could hold it. */
  public boolean fits() {
    return nodes.stream().allMatch(node -> node.fit().possible());
  }
}
