package io.hydra.manager.assign;

import io.hydra.manager.channel.Channel;
import io.hydra.model.Digest;
import io.hydra.model.Placement;
import io.hydra.model.Release;
import io.hydra.model.ReleaseDataset;
import io.hydra.model.ReleaseRef;
import io.hydra.wire.DesiredDataset;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Plans what one node holds for one channel.
 *
 * @param live the node's last good release of the channel
 * @param settled whether everyone was heard who can be
 */
public record NodePlanner(
    Channel channel, NodePicture node, Optional<Release> live, boolean settled) {
  /** What is in use comes before what will be used. */
  static final int HELD_PRIORITY = 0;

  static final int TARGET_PRIORITY = 10;
  static final int STAGED_PRIORITY = 20;

  /**
   * How far the node is with a release, the target or one that is staged, while its instances hold
   * what they hold.
   */
  public Preparation preparation(Release release, Collection<Tenant> tenants) {
    return Preparation.of(release, node, fit(release, holdings(tenants)));
  }

  /**
   * @param tenants with the orders that follow from this plan
   */
  public NodeContribution contribution(Collection<Tenant> tenants) {
    var holdings = holdings(tenants);
    var wanted = new Wanted();
    var ram = ramOfTarget(holdings);
    // The target first: of content that lies at several places the newest is the one that stays.
    channel.target().ifPresent(target -> addTarget(wanted, target, ram));
    holdings.datasets().values().forEach(d -> wanted.add(d, false, HELD_PRIORITY));
    holdings.ram().keySet().forEach(wanted::placeInRam);
    live.ifPresent(release -> addLive(wanted, release, ram));
    // On disk only: RAM is for what is used, and filled from disk in no time.
    channel
        .candidate()
        .ifPresent(r -> r.datasets().forEach(d -> wanted.add(d, false, STAGED_PRIORITY)));
    var datasets = List.copyOf(wanted.datasets.values());
    var retain = retain(holdings, wanted.datasets);
    return new NodeContribution(datasets, retain, live, allotment().claim(datasets, retain));
  }

  private Allotment allotment() {
    return new Allotment(channel, node);
  }

  private Holdings holdings(Collection<Tenant> tenants) {
    return Holdings.of(channel, node, tenants, channel.target().map(Release::ref));
  }

  private RamFit fit(Release target, Holdings holdings) {
    return allotment().ram(target, holdings.ram(), settled);
  }

  /** What becomes of RAM at this moment. */
  private record RamDecision(boolean target, boolean live) {}

  /**
   * The target's copies are wanted as soon as they fit, or nobody holds anything that they could
   * wait for. The last good release's copies make room for them only when all of the target is on
   * disk, and stay where the target is beyond the budget, since it would never take their place.
   */
  private RamDecision ramOfTarget(Holdings holdings) {
    if (channel.target().isEmpty()) {
      return new RamDecision(false, true);
    }
    var target = channel.target().get();
    var withLive = new HashMap<>(holdings.ram());
    live.ifPresent(release -> withLive.putAll(residentRamOf(release)));
    if (allotment().ram(target, withLive, settled) instanceof RamFit.Beside) {
      return new RamDecision(true, true);
    }
    boolean lastGoodMustGo = withLive.size() > holdings.ram().size();
    boolean now = mayPlace(target, holdings) && (!lastGoodMustGo || node.hasOnDisk(target));
    return new RamDecision(now, !now);
  }

  private boolean mayPlace(Release target, Holdings holdings) {
    var fit = fit(target, holdings);
    return fit instanceof RamFit.Beside
        || (nobodyHolds(holdings, target) && !(fit instanceof RamFit.OverBudget));
  }

  private static boolean nobodyHolds(Holdings holdings, Release target) {
    return RamFit.ramOf(target).keySet().containsAll(holdings.ram().keySet());
  }

  private Map<Digest, Long> residentRamOf(Release release) {
    var resident = new HashMap<>(RamFit.ramOf(release));
    resident.keySet().removeIf(digest -> !isInRam(digest));
    return resident;
  }

  private boolean isInRam(Digest digest) {
    return node.inventory().filter(i -> Inventory.isResident(i.ram(digest))).isPresent();
  }

  private void addTarget(Wanted wanted, Release target, RamDecision ram) {
    for (var dataset : target.datasets()) {
      boolean inRam =
          dataset.placement() == Placement.RAM && (ram.target() || isInRam(dataset.digest()));
      wanted.add(dataset, inRam, TARGET_PRIORITY);
    }
  }

  private void addLive(Wanted wanted, Release release, RamDecision ram) {
    for (var dataset : release.datasets()) {
      boolean inRam =
          dataset.placement() == Placement.RAM && ram.live() && isInRam(dataset.digest());
      wanted.add(dataset, inRam, HELD_PRIORITY);
    }
  }

  /**
   * Newest other releases, those that may be picked again first, up to the channel's number and as
   * far as its budget goes. What never was the head is none to go back to.
   */
  private List<Digest> retain(Holdings holdings, Map<Digest, DesiredDataset> wanted) {
    var kept = new LinkedHashSet<ReleaseRef>();
    holdings.releases().forEach(release -> kept.add(release.ref()));
    channel.target().ifPresent(release -> kept.add(release.ref()));
    live.ifPresent(release -> kept.add(release.ref()));
    int spare = channel.settings().retainOnNode().orElse(2) - kept.size();
    var retained = new LinkedHashSet<>(holdings.strangers());
    var spares =
        channel.releases().stream()
            .filter(release -> !kept.contains(release.ref()))
            .filter(release -> !channel.heads().own().neverHead().contains(release.sequence()))
            .sorted(
                Comparator.<Release, Boolean>comparing(r -> channel.isRejected(r.sequence()))
                    .thenComparing(Comparator.comparingLong(Release::sequence).reversed()))
            .limit(Math.max(0, spare))
            .toList();
    allotment()
        .affordable(spares, wanted.values(), holdings.strangers())
        .forEach(release -> release.datasets().forEach(d -> retained.add(d.digest())));
    retained.removeAll(wanted.keySet());
    return retained.stream().sorted().toList();
  }

  /** Collects datasets; the same content wanted twice is wanted once, in the most places. */
  private static final class Wanted {
    final Map<Digest, DesiredDataset> datasets = new LinkedHashMap<>();

    void add(ReleaseDataset dataset, boolean ram, int priority) {
      var desired =
          new DesiredDataset(
              dataset.digest(), dataset.source(), dataset.bytes(), dataset.files(), ram, priority);
      datasets.merge(dataset.digest(), desired, NodeMerger::both);
    }

    void placeInRam(Digest digest) {
      datasets.computeIfPresent(
          digest,
          (key, d) ->
              new DesiredDataset(d.digest(), d.source(), d.bytes(), d.files(), true, d.priority()));
    }
  }
}
