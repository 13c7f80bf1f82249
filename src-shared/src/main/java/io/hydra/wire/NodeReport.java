package io.hydra.wire;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.hydra.model.ChannelId;
import io.hydra.model.ReleaseRef;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The whole inventory of a node, as its agent knows it now.
 *
 * @param epoch of the newest desired state that the agent has taken up; 0 when none
 * @param settled whether everything found at start has been checked
 * @param disk space below ROOT
 * @param ram space below RAM_ROOT; empty on a node without one
 * @param datasets everything the node has or was told to get
 * @param live the release that the node's live file of each channel names, whoever ordered it: what
 *     a manager that has just started need not guess. Channels without a live file are absent; an
 *     agent from before this field sends nothing, which reads as no live files
 */
public record NodeReport(
    long epoch,
    boolean settled,
    Capacity disk,
    Optional<Capacity> ram,
    List<DatasetReport> datasets,
    @JsonSetter(nulls = Nulls.AS_EMPTY) Map<ChannelId, ReleaseRef> live) {
  public NodeReport {
    datasets = List.copyOf(datasets);
    live = Map.copyOf(live);
  }

  /** Of a node without live files. */
  public NodeReport(
      long epoch,
      boolean settled,
      Capacity disk,
      Optional<Capacity> ram,
      List<DatasetReport> datasets) {
    this(epoch, settled, disk, ram, datasets, Map.of());
  }
}
