package io.hydra.manager.assign;

import io.hydra.model.Digest;
import io.hydra.model.Release;
import io.hydra.wire.DesiredDataset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one channel wants of one node.
 *
 * @param datasets to be fetched and placed, one for each digest
 * @param retain kept where present
 * @param live the channel's last good release there
 */
public record NodeContribution(
    List<DesiredDataset> datasets, List<Digest> retain, Optional<Release> live) {
  public static final NodeContribution NOTHING =
      new NodeContribution(List.of(), List.of(), Optional.empty());

  public NodeContribution {
    datasets = List.copyOf(datasets);
    retain = List.copyOf(retain);
  }

  /** Of a channel that is gone: what its instances still have loaded stays. */
  public static NodeContribution retaining(Collection<Digest> digests) {
    return new NodeContribution(List.of(), List.copyOf(digests), Optional.empty());
  }

  /** What it wants in RAM, in bytes. */
  public Map<Digest, Long> ram() {
    var bytes = new HashMap<Digest, Long>();
    datasets.stream()
        .filter(DesiredDataset::ram)
        .forEach(dataset -> bytes.put(dataset.digest(), dataset.bytes()));
    return bytes;
  }
}
