package io.hydra.manager.assign;

import io.hydra.model.Digest;
import io.hydra.model.Release;
import io.hydra.model.ReleaseDataset;
import io.hydra.wire.ChannelClaim;
import io.hydra.wire.DesiredDataset;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What one channel wants of one node.
 *
 * @param datasets to be fetched and placed, one for each digest
 * @param retain kept where present
 * @param live the channel's last good release there
 * @param claim what of it counts against the channel's budget; empty where it has none
 */
public record NodeContribution(
    List<DesiredDataset> datasets,
    List<Digest> retain,
    Optional<Release> live,
    Optional<ChannelClaim> claim) {
  public static final NodeContribution NOTHING =
      new NodeContribution(List.of(), List.of(), Optional.empty());

  public NodeContribution {
    datasets = List.copyOf(datasets);
    retain = List.copyOf(retain);
  }

  /** Without a budget. */
  public NodeContribution(
      List<DesiredDataset> datasets, List<Digest> retain, Optional<Release> live) {
    this(datasets, retain, live, Optional.empty());
  }

  /** Of a channel without instances there: its last good release stays on disk, if it is there. */
  public static NodeContribution keeping(Release live) {
    var digests = live.datasets().stream().map(ReleaseDataset::digest).distinct().sorted().toList();
    return new NodeContribution(List.of(), digests, Optional.of(live));
  }

  /** Of a channel that is gone: what its instances still have loaded stays where it is. */
  public NodeContribution reducedTo(Set<Digest> loaded) {
    var left = datasets.stream().filter(dataset -> loaded.contains(dataset.digest())).toList();
    var known = left.stream().map(DesiredDataset::digest).collect(Collectors.toSet());
    var strangers = loaded.stream().filter(digest -> !known.contains(digest)).sorted().toList();
    return new NodeContribution(left, strangers, Optional.empty());
  }

  /** Whether it is to hold or retain any of these. */
  public boolean isAbout(Set<Digest> digests) {
    for (var dataset : datasets) {
      if (digests.contains(dataset.digest())) {
        return true;
      }
    }
    return !Collections.disjoint(retain, digests);
  }

  /** Adds what it wants in RAM, in bytes; asked of all channels of a node for each of them. */
  public void addRam(Map<Digest, Long> bytes) {
    for (var dataset : datasets) {
      if (dataset.ram()) {
        bytes.put(dataset.digest(), dataset.bytes());
      }
    }
  }
}
