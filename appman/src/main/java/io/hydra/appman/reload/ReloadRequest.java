package io.hydra.appman.reload;

import io.hydra.appman.lifecycle.ReleaseSet;
import io.hydra.model.ChannelId;
import io.hydra.model.DatasetName;
import io.hydra.model.Digest;
import io.hydra.model.Placement;
import io.hydra.model.ReleaseVersion;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Body of a call to the application's reload hook.
 *
 * @param action {@code load} or {@code unload}
 * @param release what to load; empty to unload
 * @param datasets what it consists of; empty to unload
 */
public record ReloadRequest(
    String action,
    ChannelId channel,
    Optional<ReleaseVersion> release,
    Optional<Long> sequence,
    Map<DatasetName, Dataset> datasets) {

  /**
   * One dataset.
   *
   * @param path absolute path of its directory
   */
  public record Dataset(String path, Digest digest, Placement placement) {}

  static ReloadRequest load(ChannelId channel, ReleaseSet release, NodeData data) {
    var datasets = new TreeMap<DatasetName, Dataset>();
    for (var dataset : release.datasets()) {
      data.path(dataset)
          .ifPresent(
              path ->
                  datasets.put(
                      dataset.name(),
                      new Dataset(path.toString(), dataset.digest(), dataset.placement())));
    }
    return new ReloadRequest(
        "load",
        channel,
        Optional.of(release.ref().version()),
        Optional.of(release.ref().sequence()),
        datasets);
  }

  static ReloadRequest unload(ChannelId channel) {
    return new ReloadRequest("unload", channel, Optional.empty(), Optional.empty(), Map.of());
  }
}
