package io.hydra.layout;

import io.hydra.model.ChannelId;
import io.hydra.model.DatasetName;
import io.hydra.model.Digest;
import io.hydra.model.Placement;
import io.hydra.model.ReleaseVersion;
import java.util.Map;

/**
 * Content of {@code live/ENV/NAMESPACE/NAME.json}. Docto replaces it by rename, and only when every
 * path in it is complete.
 *
 * @param epoch of the order that made the release live on this node
 * @param datasets where each dataset lies
 */
public record LiveFile(
    ChannelId channel,
    ReleaseVersion version,
    long sequence,
    long epoch,
    Map<DatasetName, LiveDataset> datasets) {

  /**
   * Absolute path of a dataset's directory, what it holds, and whether that is on disk or in RAM.
   */
  public record LiveDataset(String path, Digest digest, Placement placement) {}
}
