package io.hydra.wire;

import io.hydra.model.PlacedDataset;
import io.hydra.model.ReleaseRef;
import java.util.List;

/**
 * Permission for one instance to drain and reload to one release.
 *
 * @param epoch a grant with an older one is refused
 * @param letGo whether the application must let go of its data before the new data can be placed:
 *     drain, unload, then wait
 */
public record Grant(long epoch, ReleaseRef release, List<PlacedDataset> datasets, boolean letGo) {
  public Grant {
    datasets = List.copyOf(datasets);
  }
}
