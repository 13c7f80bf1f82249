package io.hydra.manager.reconcile;

import io.hydra.manager.assign.NodeContribution;
import io.hydra.manager.audit.AuditLine;
import io.hydra.manager.channel.Channel;
import io.hydra.manager.channel.Channels;
import io.hydra.manager.discovery.InstancesConfig;
import io.hydra.manager.discovery.KnownPods;
import io.hydra.manager.discovery.PodOrigin;
import io.hydra.manager.discovery.Registrations;
import io.hydra.manager.discovery.Roster;
import io.hydra.manager.discovery.Whereabouts;
import io.hydra.manager.lead.LeadScoped;
import io.hydra.manager.observe.ObservedCluster;
import io.hydra.manager.observe.SettledLeadership;
import io.hydra.manager.retention.RetentionPlanner;
import io.hydra.model.InstanceId;
import io.hydra.model.Release;
import io.hydra.wire.Connection;
import io.hydra.wire.Grant;
import io.hydra.wire.InstanceRegistration;
import io.hydra.wire.InstanceReport;
import io.hydra.wire.InstanceView;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Removes what nobody needs any more: instances that are gone, releases, manifests. */
@LeadScoped
public class Housekeeping {
  private static final Logger LOG = Logger.getLogger(Housekeeping.class);

  private static final Duration BETWEEN_SWEEPS = Duration.ofMinutes(10);

  private final Channels channels;
  private final Registrations registrations;
  private final Roster roster;
  private final Whereabouts whereabouts;
  private final KnownPods pods;
  private final ObservedCluster cluster;
  private final SettledLeadership leadership;
  private final InstancesConfig config;

  /** Since when instances that were never heard are known to be registered. */
  private final Map<InstanceId, Instant> expectedSince = new HashMap<>();

  private Optional<Instant> lastSweep = Optional.empty();

  public Housekeeping(
      Channels channels,
      Registrations registrations,
      Roster roster,
      Whereabouts whereabouts,
      KnownPods pods,
      ObservedCluster cluster,
      SettledLeadership leadership,
      InstancesConfig config) {
    this.channels = channels;
    this.registrations = registrations;
    this.roster = roster;
    this.whereabouts = whereabouts;
    this.pods = pods;
    this.cluster = cluster;
    this.leadership = leadership;
    this.config = config;
  }

  /**
   * Forgets instances that were silent for so long that they will not come back by themselves. One
   * that was never heard is given as long from when it was first seen registered. One that is known
   * to have ended, or whose pod is gone, is forgotten as soon as it is silent: a pod's object may
   * be gone while it runs.
   */
  void forgetTheSilent(Instant now) {
    var registered = roster.instances();
    expectedSince
        .keySet()
        .retainAll(registered.stream().map(InstanceRegistration::id).collect(Collectors.toSet()));
    for (var instance : registered) {
      var since = silentSince(instance.id(), now);
      if (since.plus(config.forgetAfter()).isBefore(now) || hasEnded(instance)) {
        tryToForget(instance.id(), since);
      }
    }
  }

  private boolean hasEnded(InstanceRegistration instance) {
    return (whereabouts.hasEnded(instance) || isPodGone(instance.id()))
        && cluster.connection(instance.id()) != Connection.CONNECTED;
  }

  /** Also where it went while no manager looked. */
  private boolean isPodGone(InstanceId id) {
    return registrations.origin(id).filter(this::isGone).isPresent();
  }

  private boolean isGone(PodOrigin pod) {
    return pods.isComplete()
        && pods.seesAllOf(pod.namespace())
        && pods.find(pod.namespace(), pod.name())
            .filter(known -> known.uid().equals(pod.uid()))
            .isEmpty();
  }

  private Instant silentSince(InstanceId id, Instant now) {
    var heard = cluster.lastHeard(id);
    if (heard.isPresent()) {
      expectedSince.remove(id);
      return heard.get();
    }
    return expectedSince.computeIfAbsent(id, unheard -> now);
  }

  private void tryToForget(InstanceId id, Instant since) {
    try {
      LOG.infof("instance=%s was not heard since %s", id, since);
      registrations.forgetInstance(id);
    } catch (RuntimeException e) {
      LOG.warnf(e, "cannot forget instance=%s; trying again", id);
    }
  }

  /** Manifests and releases that nothing refers to (any more). */
  void sweep(Instant now) {
    if (lastSweep.filter(last -> last.plus(BETWEEN_SWEEPS).isAfter(now)).isPresent()) {
      return;
    }
    lastSweep = Optional.of(now);
    try {
      channels.sweep(now);
    } catch (RuntimeException e) {
      LOG.warn("cannot sweep manifests and releases; trying again later", e);
    }
  }

  /** Drops the releases that the channel need not keep. */
  void forgetReleases(Channel channel, ChannelPlan plan, Instant now) {
    var instances = roster.instancesOf(channel.id()).stream().map(cluster::view).toList();
    boolean allHeard = instances.stream().allMatch(instance -> instance.report().isPresent());
    if (!leadership.settled() || !allHeard) {
      return;
    }
    var old = RetentionPlanner.forgettable(channel, use(instances, plan), now);
    if (!old.isEmpty()) {
      forget(channel, old);
    }
  }

  private void forget(Channel channel, Set<Long> old) {
    var kept = channels.update(channel.id(), current -> current.forget(old)).channel();
    var gone =
        channel.releases().stream().filter(r -> kept.release(r.sequence()).isEmpty()).toList();
    gone.forEach(r -> AuditLine.ofItself("Channels.forget", r, channel, kept).log());
  }

  private static RetentionPlanner.Use use(List<InstanceView> instances, ChannelPlan plan) {
    var reports =
        instances.stream()
            .map(InstanceView::report)
            .flatMap(Optional<InstanceReport>::stream)
            .toList();
    var live =
        plan.nodes().values().stream()
            .map(NodePlan::contribution)
            .map(NodeContribution::live)
            .flatMap(Optional<Release>::stream)
            .map(Release::ref)
            .collect(Collectors.toSet());
    var granted =
        instances.stream()
            .map(InstanceView::granted)
            .flatMap(Optional<Grant>::stream)
            .map(Grant::release)
            .collect(Collectors.toSet());
    return new RetentionPlanner.Use(reports, live, granted);
  }
}
