package io.hydra.manager.observe;

import io.hydra.error.ErrorCode;
import io.hydra.model.ChannelId;
import io.hydra.model.Digest;
import io.hydra.model.ReleaseRef;
import io.hydra.wire.Capacity;
import io.hydra.wire.CopyState;
import io.hydra.wire.DatasetReport;
import io.hydra.wire.Fault;
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
 * @param urgent whether plans depend on what differs; otherwise it is progress
 * @param concernsAll whether it may change what is planned for any channel there: RAM is shared
 * @param datasets of which it says something else
 * @param live channels of which the live file says something else
 */
public record News(boolean urgent, boolean concernsAll, Set<Digest> datasets, Set<ChannelId> live) {
  public News {
    datasets = Set.copyOf(datasets);
    live = Set.copyOf(live);
  }

  /**
   * @param before empty for a node that was not heard before
   */
  static News between(Optional<NodeReport> before, NodeReport after) {
    return before.map(old -> between(old, after)).orElse(everything(true));
  }

  private static News everything(boolean urgent) {
    return new News(urgent, true, Set.of(), Set.of());
  }

  private static News between(NodeReport before, NodeReport after) {
    var old = byDigest(before);
    var now = byDigest(after);
    var changed = new HashSet<Digest>();
    now.forEach(
        (digest, dataset) -> {
          if (!dataset.equals(old.get(digest))) {
            changed.add(digest);
          }
        });
    old.keySet().stream().filter(digest -> !now.containsKey(digest)).forEach(changed::add);
    boolean urgent =
        !ramFree(before).equals(ramFree(after))
            || changed.stream().anyMatch(d -> !copies(old, d).equals(copies(now, d)));
    boolean concernsAll =
        before.settled() != after.settled()
            || !before.ram().equals(after.ram())
            || changed.stream().anyMatch(digest -> isInRam(old, digest) || isInRam(now, digest));
    return concernsAll ? everything(urgent) : new News(urgent, false, changed, live(before, after));
  }

  private static Optional<Long> ramFree(NodeReport report) {
    return report.ram().map(Capacity::free);
  }

  /** Of a dataset, what plans depend on. */
  private record Copies(CopyState disk, CopyState ram, Optional<ErrorCode> fault) {}

  private static Optional<Copies> copies(Map<Digest, DatasetReport> datasets, Digest digest) {
    return Optional.ofNullable(datasets.get(digest))
        .filter(d -> d.disk() != CopyState.ABSENT || d.ram() != CopyState.ABSENT)
        .map(d -> new Copies(d.disk(), d.ram(), d.fault().map(Fault::code)));
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
