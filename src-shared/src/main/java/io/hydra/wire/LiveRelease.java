package io.hydra.wire;

import io.hydra.model.ChannelId;
import io.hydra.model.PlacedDataset;
import io.hydra.model.ReleaseRef;
import java.util.List;

/**
 * A channel's last good release for one node: what a (re)started instance there serves when the
 * manager is gone.
 *
 * @param epoch of the order that made it so
 */
public record LiveRelease(
    ChannelId channel, ReleaseRef release, long epoch, List<PlacedDataset> datasets) {
  public LiveRelease {
    datasets = List.copyOf(datasets);
  }
}
