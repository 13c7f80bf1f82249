package io.hydra.manager.assign;

import io.hydra.manager.channel.Channel;
import io.hydra.model.Budget;
import io.hydra.model.Digest;
import io.hydra.model.Placement;
import io.hydra.model.Release;
import io.hydra.model.ReleaseDataset;
import io.hydra.wire.ChannelClaim;
import io.hydra.wire.ClaimedContent;
import io.hydra.wire.DatasetReport;
import io.hydra.wire.DesiredDataset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The space that a channel's budget gives it on a node. All sizes in bytes. */
public record Allotment(Channel channel, NodePicture node) {

  /** As {@link RamFit#of}, and within the budget. */
  public RamFit ram(Release release, Map<Digest, Long> held, boolean mayEvict) {
    var fit = RamFit.of(release, node, held, mayEvict);
    return budget().ram().map(limit -> within(limit, fit, RamFit.ramOf(release), held)).orElse(fit);
  }

  private RamFit within(long limit, RamFit fit, Map<Digest, Long> wanted, Map<Digest, Long> held) {
    return switch (fit) {
      case RamFit.Beside _ -> beside(limit, fit, wanted, held);
      // Also where it is the node that has too little for now: the budget's word stands.
      case RamFit.AfterRelease _, RamFit.Never _ ->
          sum(wanted) > limit ? new RamFit.OverBudget(sum(wanted), limit) : fit;
      case RamFit.NoRamRoot _, RamFit.Unknown _, RamFit.OverBudget _ -> fit;
    };
  }

  private RamFit beside(long limit, RamFit fit, Map<Digest, Long> wanted, Map<Digest, Long> held) {
    var all = new HashMap<>(held);
    all.putAll(wanted);
    var missing = new HashMap<>(wanted);
    missing.keySet().removeIf(this::isInRam);
    // What is there already stays, however small the budget has become.
    if (missing.isEmpty() || sum(all) <= limit) {
      return fit;
    }
    return sum(wanted) > limit
        ? new RamFit.OverBudget(sum(wanted), limit)
        : new RamFit.AfterRelease(
            sum(missing), Math.max(0, limit - sum(all) + sum(missing)), Optional.of(limit));
  }

  private boolean isInRam(Digest digest) {
    return node.inventory().filter(i -> Inventory.isResidentOrMoving(i.ram(digest))).isPresent();
  }

  /** How much the channel would have on disk, where that is beyond its budget. */
  public Optional<Excess> excess(Map<Digest, Long> onDisk) {
    long needed = sum(onDisk);
    return budget().disk().filter(limit -> needed > limit).map(limit -> new Excess(needed, limit));
  }

  /** More than a budget. */
  public record Excess(long needed, long budget) {}

  /**
   * The first of these releases, as many as the disk takes beside what is wanted or loaded. Of them
   * only what is there takes space: nothing is fetched to be retained.
   *
   * @param strangers loaded, and of no release that the channel still has
   */
  List<Release> affordable(
      List<Release> releases, Collection<DesiredDataset> wanted, Collection<Digest> strangers) {
    if (budget().disk().isEmpty()) {
      return releases;
    }
    var bytes = new HashMap<Digest, Long>();
    wanted.forEach(dataset -> bytes.put(dataset.digest(), dataset.bytes()));
    strangers.forEach(digest -> bytes.put(digest, knownBytes(digest)));
    var affordable = new ArrayList<Release>();
    for (var release : releases) {
      release.datasets().stream()
          .filter(dataset -> mayBeThere(dataset.digest()))
          .forEach(dataset -> bytes.put(dataset.digest(), dataset.bytes()));
      if (excess(bytes).isPresent()) {
        return affordable;
      }
      affordable.add(release);
    }
    return affordable;
  }

  /**
   * What counts: what is wanted and retained, and what the node still has of the channel. Empty for
   * a channel without a budget.
   */
  Optional<ChannelClaim> claim(Collection<DesiredDataset> wanted, Collection<Digest> retained) {
    if (budget().equals(Budget.NONE)) {
      return Optional.empty();
    }
    var wantedDigests =
        wanted.stream().map(DesiredDataset::digest).collect(Collectors.toUnmodifiableSet());
    var contents = new TreeMap<Digest, ClaimedContent>();
    for (var release : channel.releases()) {
      for (var dataset : release.datasets()) {
        var digest = dataset.digest();
        if (wantedDigests.contains(digest) || retained.contains(digest) || isKnown(digest)) {
          contents.merge(digest, claimed(dataset, wantedDigests), Allotment::inRamIfAny);
        }
      }
    }
    retained.forEach(digest -> contents.computeIfAbsent(digest, this::stranger));
    return Optional.of(new ChannelClaim(channel.id(), budget(), List.copyOf(contents.values())));
  }

  private boolean isKnown(Digest digest) {
    return node.inventory().flatMap(i -> i.dataset(digest)).isPresent();
  }

  /** A node that was not heard may have anything. */
  private boolean mayBeThere(Digest digest) {
    return node.inventory().isEmpty() || isKnown(digest);
  }

  private static ClaimedContent claimed(ReleaseDataset dataset, Set<Digest> wanted) {
    return new ClaimedContent(
        dataset.digest(),
        dataset.bytes(),
        wanted.contains(dataset.digest()),
        dataset.placement() == Placement.RAM);
  }

  private static ClaimedContent inRamIfAny(ClaimedContent one, ClaimedContent other) {
    return one.ram() ? one : other;
  }

  /** Loaded by an instance, and of no release that the channel still has. */
  private ClaimedContent stranger(Digest digest) {
    return new ClaimedContent(digest, knownBytes(digest), false, false);
  }

  private long knownBytes(Digest digest) {
    return node.inventory()
        .flatMap(i -> i.dataset(digest))
        .map(DatasetReport::totalBytes)
        .orElse(0L);
  }

  private Budget budget() {
    return channel.settings().budget().orElse(Budget.NONE);
  }

  private static long sum(Map<Digest, Long> bytes) {
    return bytes.values().stream().mapToLong(Long::longValue).sum();
  }
}
