package io.hydra.manager.observe;

import io.hydra.model.ChannelId;
import io.hydra.model.Digest;
import io.hydra.model.ReleaseRef;
import io.hydra.wire.CopyState;
import io.hydra.wire.DatasetReport;
import io.hydra.wire.NodeReport;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What of a node's report differs from the one before, so that only those channels are planned
 * again whose data it is about: a node has many, and a channel may have many nodes.
 *
 * @param concernsAll whether it may change what is planned for any channel there: RAM is shared
 * @param datasets of which it says something else
 * @param live channels of which the live file says something else
 */
public record News(boolean concernsAll, Set<Digest> datasets, Set<ChannelId> live) {
  private static final News EVERYTHING = new News(true, Set.of(), Set.of());

  public News {
    datasets = Set.copyOf(datasets);
    live = Set.copyOf(live);
  }

  /**
   * @param before empty for a node that was not heard before
   */
  static News between(Optional<NodeReport> before, NodeReport after) {
    return before
        .filter(old -> old.settled() == after.settled() && old.ram().equals(after.ram()))
        .map(old -> between(old, after))
        .orElse(EVERYTHING);
  }

  private static News between(NodeReport before, NodeReport after) {
    var changed = new HashSet<Digest>();
    var old = byDigest(before);
    var now = byDigest(after);
    for (var dataset : after.datasets()) {
      if (!dataset.equals(old.get(dataset.digest()))) {
        changed.add(dataset.digest());
      }
    }
    old.keySet().stream().filter(digest -> !now.containsKey(digest)).forEach(changed::add);
    boolean concernsRam =
        changed.stream().anyMatch(digest -> isInRam(old, digest) || isInRam(now, digest));
    return concernsRam ? EVERYTHING : new News(false, changed, live(before, after));
  }

  private static Map<Digest, DatasetReport> byDigest(NodeReport report) {
    var datasets = new HashMap<Digest, DatasetReport>();
    report.datasets().forEach(dataset -> datasets.put(dataset.digest(), dataset));
    return datasets;
  }

  private static boolean isInRam(Map<Digest, DatasetReport> datasets, Digest digest) {
    return Optional.ofNullable(datasets.get(digest))
        .filter(dataset -> dataset.ram() != CopyState.ABSENT)
        .isPresent();
  }

  private static Set<ChannelId> live(NodeReport before, NodeReport after) {
    var changed = new HashSet<>(before.live().keySet());
    changed.addAll(after.live().keySet());
    changed.removeIf(channel -> ref(before, channel).equals(ref(after, channel)));
    return changed;
  }

  private static Optional<ReleaseRef> ref(NodeReport report, ChannelId channel) {
    return Optional.ofNullable(report.live().get(channel));
  }
}
