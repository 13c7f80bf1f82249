package io.hydra.manager.explain;

import io.hydra.manager.assign.Allotment;
import io.hydra.manager.assign.Allotment.Excess;
import io.hydra.manager.assign.Holdings;
import io.hydra.manager.assign.Inventory;
import io.hydra.manager.assign.NodeContribution;
import io.hydra.manager.assign.NodeMerger;
import io.hydra.manager.assign.NodePicture;
import io.hydra.manager.assign.RamFit;
import io.hydra.manager.assign.Tenant;
import io.hydra.manager.channel.Channel;
import io.hydra.manager.reconcile.ChannelPicture;
import io.hydra.manager.reconcile.ChannelPlan;
import io.hydra.manager.rollout.Reasons;
import io.hydra.manager.rollout.Swaps;
import io.hydra.model.ChannelId;
import io.hydra.model.Digest;
import io.hydra.model.NodeName;
import io.hydra.model.Placement;
import io.hydra.model.Release;
import io.hydra.model.ReleaseDataset;
import io.hydra.wire.CopyState;
import io.hydra.wire.DatasetReport;
import io.hydra.wire.DesiredDataset;
import io.hydra.wire.Eviction;
import io.hydra.wire.Fit;
import io.hydra.wire.Grant;
import io.hydra.wire.InstanceOutlook;
import io.hydra.wire.InstanceReport;
import io.hydra.wire.InstanceView;
import io.hydra.wire.NodeOutlook;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Tells what a release would lead to, from the plan that the planners make of a channel that has
 * it. Pure.
 *
 * @param picture of the channel as it would be
 * @param plan that follows from it
 * @param swaps who would let go of RAM together
 * @param others what other channels want of a node
 * @param speed at which a node fetches, in bytes a second
 */
record OutlookPlanner(
    ChannelPicture picture,
    ChannelPlan plan,
    Swaps swaps,
    Release release,
    Function<NodeName, SortedMap<ChannelId, NodeContribution>> others,
    Function<NodeName, OptionalDouble> speed) {

  List<NodeOutlook> nodes() {
    return picture.nodes().values().stream().map(this::outlook).toList();
  }

  List<InstanceOutlook> instances(List<NodeOutlook> nodes) {
    var byName = new HashMap<NodeName, NodeOutlook>();
    nodes.forEach(node -> byName.put(node.node(), node));
    return picture.instances().stream()
        .sorted(Comparator.comparing(instance -> instance.registration().id()))
        .map(i -> outlook(i, Optional.ofNullable(byName.get(i.registration().node()))))
        .toList();
  }

  /** Where it has to lie, each content once: in RAM if any dataset wants it there. */
  private Map<Digest, ReleaseDataset> contents() {
    var contents = new TreeMap<Digest, ReleaseDataset>();
    release.datasets().forEach(d -> contents.merge(d.digest(), d, OutlookPlanner::inRamIfAny));
    return contents;
  }

  private static ReleaseDataset inRamIfAny(ReleaseDataset one, ReleaseDataset other) {
    return one.placement() == Placement.RAM ? one : other;
  }

  private NodeOutlook outlook(NodePicture node) {
    return node.inventory()
        .map(inventory -> outlook(node, inventory))
        .orElseGet(
            () ->
                new NodeOutlook(
                    node.name(),
                    Fit.UNKNOWN,
                    "its agent was not heard yet",
                    0,
                    0,
                    0,
                    List.of(),
                    Optional.empty()));
  }

  private NodeOutlook outlook(NodePicture node, Inventory inventory) {
    var content = merged(node.name());
    var evictions = evictions(inventory, content);
    long fetch = toFetch(inventory);
    long free = inventory.report().disk().free();
    long evictable = evictions.stream().mapToLong(Eviction::bytes).sum();
    long promised = promised(inventory, content);
    var judgement = judge(node, fetch, free - promised, evictable);
    return new NodeOutlook(
        node.name(),
        judgement.fit(),
        judgement.detail(),
        fetch,
        free,
        toCopyIntoRam(inventory),
        judgement.fit().possible() ? evictions : List.of(),
        judgement.fit().possible() ? time(node.name(), fetch) : Optional.empty());
  }

  private record Judgement(Fit fit, String detail) {}

  private Judgement judge(NodePicture node, long fetch, long free, long evictable) {
    if (node.has(release)) {
      return new Judgement(Fit.READY, "it has all of it");
    }
    var excess = fetch > 0 ? allotment(node).excess(onDisk(node)) : Optional.<Excess>empty();
    if (excess.isPresent()) {
      return new Judgement(
          Fit.DISK_FULL,
          "the channel's budget is %d bytes of its disk, and it would have %d there with what is in use"
              .formatted(excess.get().budget(), excess.get().needed()));
    }
    // What others wait for comes out of what is evicted, too.
    long possible = Math.max(0, free + evictable);
    if (fetch > possible) {
      return new Judgement(
          Fit.DISK_FULL,
          "its disk needs %d more bytes, and at most %d are or become free"
              .formatted(fetch, possible));
    }
    return switch (ramFit(node)) {
      case RamFit.NoRamRoot(long needed) ->
          new Judgement(
              Fit.RAM_FULL, "it has no RAM root, and %d bytes are wanted in RAM".formatted(needed));
      case RamFit.Never(long needed, long ramPossible) ->
          new Judgement(
              Fit.RAM_FULL,
              "its RAM needs %d more bytes, and at most %d can become free"
                  .formatted(needed, ramPossible));
      case RamFit.OverBudget(long needed, long budget) ->
          new Judgement(
              Fit.RAM_FULL,
              "the channel's budget is %d bytes of its RAM, and %d are wanted there"
                  .formatted(budget, needed));
      case RamFit.AfterRelease fit -> afterRelease(node, fit);
      case RamFit.Unknown _ -> new Judgement(Fit.UNKNOWN, "its agent was not heard yet");
      case RamFit.Beside _ ->
          fetch > Math.max(0, free)
              ? new Judgement(Fit.AFTER_EVICTION, "when what nobody wants is evicted")
              : new Judgement(Fit.FITS, "beside what is there");
    };
  }

  private Judgement afterRelease(NodePicture node, RamFit.AfterRelease fit) {
    return swaps
        .obstacle(node.name(), fit.budget(), release)
        .map(obstacle -> new Judgement(Fit.RAM_FULL, obstacle))
        .orElseGet(
            () ->
                new Judgement(
                    Fit.AFTER_DRAIN,
                    "its RAM needs %d more bytes and has %d%s: its instances are drained first"
                        .formatted(fit.needed(), fit.free(), Reasons.within(fit.budget()))));
  }

  private RamFit ramFit(NodePicture node) {
    var tenants =
        picture.instances().stream()
            .filter(instance -> instance.registration().node().equals(node.name()))
            .map(OutlookPlanner::tenant)
            .toList();
    var held =
        Holdings.of(picture.channelOn(node.name()), node, tenants, Optional.of(release.ref()))
            .ram();
    return allotment(node).ram(release, held, true);
  }

  private Allotment allotment(NodePicture node) {
    return new Allotment(picture.channelOn(node.name()), node);
  }

  /** What the channel would have on the node's disk at least, in bytes. */
  private Map<Digest, Long> onDisk(NodePicture node) {
    var bytes = new HashMap<Digest, Long>();
    plan.contributionOn(node.name()).datasets().forEach(d -> bytes.put(d.digest(), d.bytes()));
    contents().values().forEach(d -> bytes.put(d.digest(), d.bytes()));
    return bytes;
  }

  private static Tenant tenant(InstanceView instance) {
    return new Tenant(
        instance.registration().id(), instance.report(), instance.granted().map(Grant::release));
  }

  /** All that the node would be told to hold. */
  private NodeMerger.Content merged(NodeName node) {
    var all = new TreeMap<>(others.apply(node));
    all.put(picture.channel().id(), plan.contributionOn(node));
    return NodeMerger.merge(all);
  }

  private static List<Eviction> evictions(Inventory inventory, NodeMerger.Content content) {
    var wanted = content.datasets().stream().map(DesiredDataset::digest).toList();
    return inventory.datasets().values().stream()
        .filter(d -> d.disk() == CopyState.READY || d.disk() == CopyState.EVICTING)
        .filter(d -> !wanted.contains(d.digest()) && !content.retain().contains(d.digest()))
        .map(d -> new Eviction(d.digest(), d.totalBytes()))
        .sorted(
            Comparator.comparingLong(Eviction::bytes).reversed().thenComparing(Eviction::digest))
        .toList();
  }

  private long toFetch(Inventory inventory) {
    return contents().values().stream()
        .mapToLong(d -> missing(inventory, d.digest(), d.bytes()))
        .sum();
  }

  /** What other content that the node is told to hold has still to come. */
  private long promised(Inventory inventory, NodeMerger.Content content) {
    var own = contents();
    return content.datasets().stream()
        .filter(d -> !own.containsKey(d.digest()))
        .mapToLong(d -> missing(inventory, d.digest(), d.bytes()))
        .sum();
  }

  private static long missing(Inventory inventory, Digest digest, long bytes) {
    if (inventory.disk(digest) == CopyState.READY) {
      return 0;
    }
    return bytes
        - Math.min(bytes, inventory.dataset(digest).map(DatasetReport::fetchedBytes).orElse(0L));
  }

  private long toCopyIntoRam(Inventory inventory) {
    return contents().values().stream()
        .filter(d -> d.placement() == Placement.RAM)
        .filter(d -> inventory.ram(d.digest()) != CopyState.READY)
        .mapToLong(ReleaseDataset::bytes)
        .sum();
  }

  private Optional<Duration> time(NodeName node, long bytes) {
    if (bytes == 0) {
      return Optional.of(Duration.ZERO);
    }
    var measured = speed.apply(node);
    return measured.isEmpty()
        ? Optional.empty()
        : Optional.of(Duration.ofMillis(Math.round(bytes * 1000.0 / measured.getAsDouble())));
  }

  private InstanceOutlook outlook(InstanceView instance, Optional<NodeOutlook> node) {
    var serving = instance.report().flatMap(InstanceReport::serving);
    boolean there = serving.filter(release.ref()::equals).isPresent();
    var home = instance.registration().node();
    boolean target = plan.targetOn(home).filter(release::equals).isPresent();
    boolean possible = node.filter(n -> n.fit().possible()).isPresent();
    return new InstanceOutlook(
        instance.registration().id(),
        instance.registration().node(),
        serving,
        target && possible && !there,
        there || target
            ? detail(there, possible, serving.isPresent())
            : stays(picture.channelOn(home)));
  }

  private String stays(Channel part) {
    return part.pin().isEmpty() && part.isStaged(release.sequence())
        ? "stays: the release is staged until it is promoted"
        : "stays: another release is the target";
  }

  private static String detail(boolean there, boolean possible, boolean serves) {
    if (there) {
      return "serves it already";
    }
    if (!possible) {
      return serves ? "stays: its node cannot hold it" : "waits: its node cannot hold it";
    }
    return serves ? "is drained and reloads" : "loads it";
  }
}
