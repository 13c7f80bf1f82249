package io.hydra.manager.watch;

import io.hydra.manager.channel.Channels;
import io.hydra.manager.discovery.Roster;
import io.hydra.manager.observe.ObservedCluster;
import io.hydra.manager.reconcile.ChannelPlan;
import io.hydra.manager.reconcile.Plans;
import io.hydra.model.ChannelId;
import io.hydra.model.Release;
import io.hydra.model.ReleaseRef;
import io.hydra.wire.InstanceView;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Compares each channel that was planned with what was known of it, on a thread of its own, and
 * writes down what differs. One for each lead.
 */
final class Recorder {
  private static final Logger LOG = Logger.getLogger(Recorder.class);

  /** However often plans change. */
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

  /** It takes a tenth of a processor at most. */
  private static final int PAUSE_FOR_LOOK = 9;

  private final Function<ChannelId, ChannelSight> sights;
  private final Chronicle chronicle;
  private final Clock clock;
  private final Map<ChannelId, Known> known = new HashMap<>();
  private Set<ChannelId> touched = new TreeSet<>();

  /**
   * @param known what there is when the lead begins
   */
  Recorder(
      Function<ChannelId, ChannelSight> sights,
      Map<ChannelId, Known> known,
      Chronicle chronicle,
      Clock clock) {
    this.sights = sights;
    this.chronicle = chronicle;
    this.clock = clock;
    this.known.putAll(known);
  }

  /** Looks at the channel soon. */
  synchronized void touch(ChannelId id) {
    touched.add(id);
    notifyAll();
  }

  /** Until it is interrupted. */
  void run() {
    try {
      while (true) {
        var all = take();
        long began = System.nanoTime();
        all.forEach(this::look);
        var share = Duration.ofNanos(System.nanoTime() - began).multipliedBy(PAUSE_FOR_LOOK);
        Thread.sleep(share.compareTo(BETWEEN_LOOKS) > 0 ? share : BETWEEN_LOOKS);
      }
    } catch (InterruptedException ended) {
      LOG.debug("the lead ends", ended);
    }
  }

  private synchronized Set<ChannelId> take() throws InterruptedException {
    while (touched.isEmpty()) {
      wait();
    }
    var taken = touched;
    touched = new TreeSet<>();
    return taken;
  }

  /** One channel's trouble must not keep the others waiting. */
  void look(ChannelId id) {
    try {
      compare(id);
    } catch (RuntimeException e) {
      LOG.errorf(e, "cannot tell what has changed in channel=%s", id);
    }
  }

  private void compare(ChannelId id) {
    var before = known.getOrDefault(id, Known.NOTHING);
    var sight = sights.apply(id);
    var now = clock.instant();
    ChannelChanges.between(id, before.channel(), sight.channel(), now).forEach(chronicle::add);
    if (sight.channel().isEmpty()) {
      known.remove(id);
      return;
    }
    var rollout = RolloutChanges.between(id, before, sight, now);
    rollout.events().forEach(chronicle::add);
    known.put(id, new Known(sight.channel(), rollout.rollout(), Optional.of(rollout.instances())));
  }

  /** What the manager sees. */
  static Function<ChannelId, ChannelSight> sights(
      Channels channels, Plans plans, Roster roster, ObservedCluster cluster) {
    return id ->
        channels
            .find(id)
            .map(
                found -> {
                  var plan = plans.find(id);
                  var instances = roster.instancesOf(id).stream().map(cluster::view).toList();
                  return new ChannelSight(
                      Optional.of(found.channel()),
                      plan.map(ChannelPlan::summary),
                      plan.map(Recorder::targets).orElse(List.of()),
                      instances,
                      plan.map(p -> onTarget(p, instances)).orElse(0L));
                })
            .orElse(ChannelSight.NOTHING);
  }

  private static List<ReleaseRef> targets(ChannelPlan plan) {
    return plan.targets().stream().map(Release::ref).toList();
  }

  private static long onTarget(ChannelPlan plan, List<InstanceView> instances) {
    return instances.stream().filter(plan::isOnTarget).count();
  }
}
