package io.hydra.wire;

import java.util.List;
import java.util.Optional;

/**
 * The whole inventory of a node, as its agent knows it now.
 *
 * @param epoch of the newest desired state that the agent has taken up; 0 when none
 * @param settled whether everything found at start has been checked
 * @param disk space below ROOT
 * @param ram space below RAM_ROOT; empty on a node without one
 * @param datasets everything the node has or was told to get
 */
public record NodeReport(
    long epoch,
    boolean settled,
    Capacity disk,
    Optional<Capacity> ram,
    List<DatasetReport> datasets) {
  public NodeReport {
    datasets = List.copyOf(datasets);
  }
}
