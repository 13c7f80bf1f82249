package io.hydra.manager.reconcile;

import io.hydra.error.ErrorCode;
import io.hydra.model.Budget;
import io.hydra.model.ChannelId;
import io.hydra.model.Digest;
import io.hydra.model.NodeName;
import io.hydra.model.PlacedDataset;
import io.hydra.model.Placement;
import io.hydra.model.ReleaseRef;
import io.hydra.wire.Capacity;
import io.hydra.wire.ChannelClaim;
import io.hydra.wire.ClaimedContent;
import io.hydra.wire.CopyState;
import io.hydra.wire.DatasetReport;
import io.hydra.wire.DesiredDataset;
import io.hydra.wire.Fault;
import io.hydra.wire.NodeDesired;
import io.hydra.wire.NodeReport;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** A node that obeys as Docto does, one dataset a step. */
public final class SimulatedNode {
  private static final NodeDesired NOTHING =
      new NodeDesired(0, false, List.of(), List.of(), List.of());

  final NodeName name;
  final Optional<Long> ramTotal;
  public final Map<Digest, Long> disk = new HashMap<>();
  final Map<Digest, Long> ram = new HashMap<>();
  final Map<ChannelId, ReleaseRef> live = new HashMap<>();
  final Set<Digest> unplaceable = new HashSet<>();
  public boolean alive = true;
  public long diskTotal = 1L << 40;
  int fetched;
  long mostRam;
  private NodeDesired desired = NOTHING;

  public SimulatedNode(String name, Optional<Long> ramTotal) {
    this.name = NodeName.of(name);
    this.ramTotal = ramTotal;
  }

  public NodeDesired desired() {
    return desired;
  }

  public void obey(NodeDesired order) {
    if (order.epoch() >= desired.epoch()) {
      desired = order;
    }
    if (desired.complete()) {
      evict();
    }
    noteLive();
    if (!fetchNext()) {
      placeNext();
    }
    mostRam = Math.max(mostRam, used(ram.values()));
  }

  boolean has(Collection<PlacedDataset> datasets) {
    return datasets.stream()
        .allMatch(
            d ->
                disk.containsKey(d.digest())
                    && (d.placement() == Placement.DISK || ram.containsKey(d.digest())));
  }

  boolean hasOnDisk(Collection<PlacedDataset> datasets) {
    return datasets.stream().allMatch(d -> disk.containsKey(d.digest()));
  }

  public NodeReport report() {
    var known = new LinkedHashSet<>(disk.keySet());
    desired.datasets().forEach(d -> known.add(d.digest()));
    var reports = new ArrayList<DatasetReport>();
    known.forEach(digest -> reports.add(report(digest)));
    return new NodeReport(
        desired.epoch(),
        true,
        new Capacity(diskTotal, diskTotal - used(disk.values())),
        ramTotal.map(total -> new Capacity(total, total - used(ram.values()))),
        reports,
        Map.copyOf(live));
  }

  private DatasetReport report(Digest digest) {
    var wanted = desired.datasets().stream().filter(d -> d.digest().equals(digest)).findFirst();
    boolean inRam = ram.containsKey(digest);
    boolean wantsRam = wanted.filter(DesiredDataset::ram).isPresent();
    boolean onDisk = disk.containsKey(digest);
    long bytes = onDisk ? disk.get(digest) : 0;
    Optional<Fault> fault =
        onDisk && wantsRam && !inRam && (!fitsInRam(bytes) || unplaceable.contains(digest))
            ? Optional.of(new Fault(ErrorCode.INSUFFICIENT_SPACE, "no RAM"))
            : Optional.empty();
    return new DatasetReport(
        digest,
        onDisk ? CopyState.READY : CopyState.WAITING,
        inRam ? CopyState.READY : wantsRam ? CopyState.WAITING : CopyState.ABSENT,
        bytes,
        bytes,
        bytes,
        fault);
  }

  private void noteLive() {
    if (desired.complete()) {
      live.clear();
    }
    desired.live().forEach(l -> live.put(l.channel(), l.release()));
  }

  private void evict() {
    Set<Digest> inRam = new HashSet<>();
    Set<Digest> onDisk = new HashSet<>(desired.retain());
    for (var dataset : desired.datasets()) {
      onDisk.add(dataset.digest());
      if (dataset.ram()) {
        inRam.add(dataset.digest());
      }
    }
    ram.keySet().retainAll(inRam);
    disk.keySet().retainAll(onDisk);
  }

  private boolean fetchNext() {
    var next =
        desired.datasets().stream()
            .filter(d -> !disk.containsKey(d.digest()))
            .filter(d -> isWithinBudget(d, disk, Budget::disk, _ -> true))
            .findFirst();
    next.ifPresent(
        dataset -> {
          disk.put(dataset.digest(), dataset.bytes());
          fetched++;
        });
    return next.isPresent();
  }

  private void placeNext() {
    desired.datasets().stream()
        .filter(d -> d.ram() && !ram.containsKey(d.digest()) && fitsInRam(d.bytes()))
        .filter(d -> !unplaceable.contains(d.digest()))
        .filter(d -> isWithinBudget(d, ram, Budget::ram, ClaimedContent::ram))
        .findFirst()
        .ifPresent(d -> ram.put(d.digest(), d.bytes()));
  }

  /** Of any channel that wants it. */
  private boolean isWithinBudget(
      DesiredDataset dataset,
      Map<Digest, Long> there,
      Function<Budget, Optional<Long>> limit,
      Predicate<ClaimedContent> counts) {
    var wanting =
        desired.claims().stream()
            .filter(
                claim ->
                    claim.contents().stream()
                        .filter(counts.and(ClaimedContent::wanted))
                        .anyMatch(c -> c.digest().equals(dataset.digest())))
            .toList();
    return wanting.isEmpty()
        || wanting.stream()
            .anyMatch(
                claim ->
                    limit
                        .apply(claim.budget())
                        .filter(most -> taken(claim, there, counts) + dataset.bytes() > most)
                        .isEmpty());
  }

  private static long taken(
      ChannelClaim claim, Map<Digest, Long> there, Predicate<ClaimedContent> counts) {
    return claim.contents().stream()
        .filter(counts)
        .mapToLong(c -> there.getOrDefault(c.digest(), 0L))
        .sum();
  }

  private boolean fitsInRam(long bytes) {
    return ramTotal.filter(total -> used(ram.values()) + bytes <= total).isPresent();
  }

  private static long used(Collection<Long> sizes) {
    return sizes.stream().mapToLong(Long::longValue).sum();
  }
}
