package io.hydra.manager.assign;

import io.hydra.model.ChannelId;
import io.hydra.model.Digest;
import io.hydra.model.Release;
import io.hydra.wire.ChannelClaim;
import io.hydra.wire.DesiredDataset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Makes one order for a node of what all channels want of it. */
public final class NodeMerger {
  private NodeMerger() {}

  /**
   * All that the node shall hold, in a stable order, so that equal wishes give equal content.
   *
   * @param live the last good release of each channel that has one there
   * @param claims of its channels with a budget
   */
  public record Content(
      List<DesiredDataset> datasets,
      List<Digest> retain,
      SortedMap<ChannelId, Release> live,
      List<ChannelClaim> claims) {}

  public static Content merge(SortedMap<ChannelId, NodeContribution> contributions) {
    var datasets = new TreeMap<Digest, DesiredDataset>();
    var retain = new TreeSet<Digest>();
    var live = new TreeMap<ChannelId, Release>();
    contributions.forEach(
        (channel, contribution) -> {
          contribution.datasets().forEach(d -> datasets.merge(d.digest(), d, NodeMerger::both));
          retain.addAll(contribution.retain());
          contribution.live().ifPresent(release -> live.put(channel, release));
        });
    retain.removeAll(datasets.keySet());
    var ordered = new ArrayList<>(datasets.values());
    ordered.sort(
        Comparator.comparingInt(DesiredDataset::priority).thenComparing(DesiredDataset::digest));
    return new Content(List.copyOf(ordered), List.copyOf(retain), live, Claims.of(contributions));
  }

  /** The same content, wanted twice: in RAM if any wants it there, by the more urgent priority. */
  static DesiredDataset both(DesiredDataset one, DesiredDataset other) {
    return new DesiredDataset(
        one.digest(),
        one.source(),
        one.bytes(),
        one.files(),
        one.ram() || other.ram(),
        Math.min(one.priority(), other.priority()));
  }
}
