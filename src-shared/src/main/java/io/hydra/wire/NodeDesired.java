package io.hydra.wire;

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
 */
public record NodeDesired(
    long epoch,
    boolean complete,
    List<DesiredDataset> datasets,
    List<Digest> retain,
    List<LiveRelease> live) {
  public NodeDesired {
    datasets = List.copyOf(datasets);
    retain = List.copyOf(retain);
    live = List.copyOf(live);
  }
}
