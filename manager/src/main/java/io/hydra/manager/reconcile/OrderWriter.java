package io.hydra.manager.reconcile;

import io.hydra.manager.assign.NodeMerger;
import io.hydra.manager.channel.Channels;
import io.hydra.manager.discovery.Roster;
import io.hydra.manager.discovery.Whereabouts;
import io.hydra.manager.intern.Interner;
import io.hydra.manager.lead.LeadScoped;
import io.hydra.manager.observe.LeaderConfig;
import io.hydra.manager.observe.ObservedCluster;
import io.hydra.manager.observe.SettledLeadership;
import io.hydra.manager.observe.Term;
import io.hydra.model.ChannelId;
import io.hydra.model.NodeName;
import io.hydra.model.PlacedDataset;
import io.hydra.model.Release;
import io.hydra.model.ReleaseRef;
import io.hydra.wire.Grant;
import io.hydra.wire.InstanceDesired;
import io.hydra.wire.InstanceReport;
import io.hydra.wire.LiveRelease;
import io.hydra.wire.NodeDesired;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns plans into orders. An order gets a new epoch only when it says something else. */
@LeadScoped
public class OrderWriter {
  private final DesiredBoard board;
  private final Plans plans;
  private final Term term;
  private final SettledLeadership leadership;
  private final ObservedCluster cluster;
  private final Roster roster;
  private final Whereabouts whereabouts;
  private final Channels channels;
  private final LeaderConfig config;
  private final Clock clock;
  private final List<Slot<NodeDesired>> untold = new ArrayList<>();

  /** Said of a release to each of its nodes. */
  private final Interner<List<PlacedDataset>> placed = new Interner<>();

  private final Interner<ReleaseRef> names = new Interner<>();

  public OrderWriter(
      DesiredBoard board,
      Plans plans,
      Term term,
      SettledLeadership leadership,
      ObservedCluster cluster,
      Roster roster,
      Whereabouts whereabouts,
      Channels channels,
      LeaderConfig config,
      Clock clock) {
    this.board = board;
    this.plans = plans;
    this.term = term;
    this.leadership = leadership;
    this.cluster = cluster;
    this.roster = roster;
    this.whereabouts = whereabouts;
    this.channels = channels;
    this.config = config;
    this.clock = clock;
  }

  /**
   * Merges what all channels want of the node; waits for it to register where it is unknown. Nodes
   * are told by {@link #tellNodes}.
   */
  void write(NodeName node) {
    board.slot(node).ifPresent(slot -> write(node, slot));
  }

  private void write(NodeName node, Slot<NodeDesired> slot) {
    var last = slot.order();
    var content = NodeMerger.merge(plans.on(node));
    boolean complete =
        leadership.settled()
            && !isJustBack(node)
            && !servesWhatIsUnknown(node)
            && !isScopeUnknown(node);
    long epoch = term.epoch() + 1;
    var live = live(content.live(), last, epoch);
    var order = order(last.epoch(), complete, content, live);
    if (order.equals(last) && !isOutdated(last.epoch())) {
      return;
    }
    long next = term.next();
    slot.publish(next, order(next, complete, content, live));
    untold.add(slot);
  }

  private static NodeDesired order(
      long epoch, boolean complete, NodeMerger.Content content, List<LiveRelease> live) {
    return new NodeDesired(
        epoch, complete, content.datasets(), content.retain(), live, content.claims());
  }

  /**
   * Of a publish to thousands of nodes all orders are written first: a node that is told asks and
   * reports at once, and that would keep the others waiting.
   */
  void tellNodes() {
    untold.forEach(Slot::tell);
    untold.clear();
  }

  /**
   * @param slot taken before the plan was made, so that the order reaches that registration or none
   * @return whether the order is a new one
   */
  boolean write(Slot<InstanceDesired> slot, InstanceOrder order) {
    var last = slot.order();
    boolean isSaid =
        last.epoch() > 0
            && !isOutdated(last.epoch())
            && last.grant().map(Grant::release).equals(order.release().map(Release::ref))
            && last.grant().map(Grant::letGo).orElse(false) == order.letGo();
    if (isSaid) {
      return false;
    }
    long epoch = term.next();
    var grant = order.release().map(r -> new Grant(epoch, r.ref(), r.placed(), order.letGo()));
    return publish(slot, new InstanceDesired(epoch, grant));
  }

  private static boolean publish(Slot<InstanceDesired> slot, InstanceDesired order) {
    boolean published = slot.publish(order.epoch(), order);
    slot.tell();
    return published;
  }

  /**
   * Says again what agents that had obeyed a lost lead may have refused; nodes' turn comes anyhow.
   */
  void renewOutdated() {
    for (var slot : board.instanceSlots()) {
      var last = slot.order();
      if (last.epoch() > 0 && isOutdated(last.epoch())) {
        long epoch = term.next();
        var grant = last.grant().map(g -> new Grant(epoch, g.release(), g.datasets(), g.letGo()));
        publish(slot, new InstanceDesired(epoch, grant));
      }
    }
  }

  /** It was given out before this lead had to become newer than one that was lost. */
  private boolean isOutdated(long epoch) {
    return epoch <= term.beginning();
  }

  /** Until it is known in which scope of a channel it is, it may have what its scope needs. */
  private boolean isScopeUnknown(NodeName node) {
    return !whereabouts.isComplete()
        && plans.channelsOn(node).stream()
            .flatMap(id -> channels.find(id).stream())
            .anyMatch(found -> !found.channel().scopeSettings().isEmpty());
  }

  /**
   * After a loss of the manager's state: whoever does not know what is served does not know what
   * may go. What an instance has let go of holds nothing up.
   */
  private boolean servesWhatIsUnknown(NodeName node) {
    return roster.instancesOn(node).stream()
        .map(cluster::view)
        .anyMatch(
            instance ->
                instance
                    .report()
                    .filter(report -> !report.released())
                    .flatMap(InstanceReport::serving)
                    .filter(release -> isUnknown(instance.registration().channel(), release))
                    .isPresent());
  }

  private boolean isUnknown(ChannelId channel, ReleaseRef release) {
    return channels.find(channel).flatMap(v -> v.channel().release(release)).isEmpty();
  }

  /** Its instances were forgotten meanwhile and need time to register, or their data would go. */
  private boolean isJustBack(NodeName node) {
    var now = clock.instant();
    return cluster.backSince(node).filter(s -> s.plus(config.grace()).isAfter(now)).isPresent();
  }

  private List<LiveRelease> live(Map<ChannelId, Release> content, NodeDesired last, long epoch) {
    return content.entrySet().stream()
        .map(
            entry ->
                known(entry.getKey(), entry.getValue(), last)
                    .filter(known -> !isOutdated(known.epoch()))
                    .orElseGet(
                        () ->
                            new LiveRelease(
                                entry.getKey(),
                                names.one(entry.getValue().ref()),
                                epoch,
                                // Of one that is immutable no record makes a copy.
                                placed.one(List.copyOf(entry.getValue().placed())))))
        .toList();
  }

  private static Optional<LiveRelease> known(ChannelId channel, Release release, NodeDesired last) {
    return last.live().stream()
        .filter(live -> live.channel().equals(channel) && live.release().equals(release.ref()))
        .findFirst();
  }
}
