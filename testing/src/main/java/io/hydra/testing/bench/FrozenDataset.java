package io.hydra.testing.bench;

import io.hydra.model.DatasetName;
import io.hydra.model.Manifest;
import io.hydra.model.PlacedDataset;
import io.hydra.model.Placement;
import io.hydra.wire.DesiredDataset;

/**
 * A dataset as the manager froze it.
 *
 * @param source the prefix below which its files lie
 */
record FrozenDataset(DatasetName name, String source, Manifest manifest) {
  DesiredDataset desired(Placement placement) {
    return new DesiredDataset(
        manifest.digest(),
        source,
        manifest.bytes(),
        manifest.files().size(),
        placement == Placement.RAM,
        0);
  }

  PlacedDataset placed(Placement placement) {
    return new PlacedDataset(name, manifest.digest(), placement);
  }
}
