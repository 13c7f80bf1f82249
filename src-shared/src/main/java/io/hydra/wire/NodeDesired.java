package io.hydra.wire;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.hydra.model.Digest;
import java.util.List;

/**
 * Everything a node shall hold. What stands neither in {@code datasets} nor in {@code retain} may
 * be evicted, but only when {@code complete}; a RAM copy that is not wanted is evicted likewise.
 *
 * @param epoch orders with an older one are refused
 * @param complete false while the manager does not yet know enough to let anything be removed
 * @param datasets to be fetched and placed
 * @param retain kept on disk where present, not fetched
 * @param live the last good release of each channel
 * @param claims of channels that have a budget, and of those that want the same content. What no
 *     claim wants is bound by the node's space alone; a manager from before this field sends
 *     nothing, which reads as no budgets
 */
public record NodeDesired(
    long epoch,
    boolean complete,
    List<DesiredDataset> datasets,
    List<Digest> retain,
    List<LiveRelease> live,
    @JsonSetter(nulls = Nulls.AS_EMPTY) List<ChannelClaim> claims) {
  public NodeDesired {
    datasets = List.copyOf(datasets);
    retain = List.copyOf(retain);
    live = List.copyOf(live);
    claims = List.copyOf(claims);
  }

  /** Without budgets. */
  public NodeDesired(
      long epoch,
      boolean complete,
      List<DesiredDataset> datasets,
      List<Digest> retain,
      List<LiveRelease> live) {
    this(epoch, complete, datasets, retain, live, List.of());
  }
}
