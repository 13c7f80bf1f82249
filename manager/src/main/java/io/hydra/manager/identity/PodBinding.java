package io.hydra.manager.identity;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.manager.channel.Channels;
import io.hydra.manager.discovery.KnownPods;
import io.hydra.manager.discovery.KnownPods.KnownPod;
import io.hydra.manager.discovery.Roster;
import io.hydra.model.ChannelId;
import io.hydra.model.InstanceId;
import io.hydra.model.NodeName;
import io.hydra.wire.InstanceRegistration;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * Whether a pod may speak for an instance. Its token says which pod it is and on which node; which
 * channel it may serve, its annotation says, as far as pods are followed, and the channel has to
 * admit its namespace. Objections are what the pod lacks a right for.
 */
@ApplicationScoped
public class PodBinding {
  private final KnownPods pods;
  private final Channels channels;
  private final Roster roster;

  public PodBinding(KnownPods pods, Channels channels, Roster roster) {
    this.pods = pods;
    this.channels = channels;
    this.roster = roster;
  }

  /** To a report, or to reading what the instance is to do. */
  Optional<String> objection(Agent.OfPod pod, InstanceId id) {
    if (!pod.isCalled(id)) {
      return Optional.of("for instance " + id);
    }
    // An instance that nobody has registered is answered as such.
    return roster.instance(id).flatMap(known -> toPlace(pod, known.channel(), known.node()));
  }

  /** To a registration. */
  Optional<String> objection(Agent.OfPod pod, InstanceRegistration wanted) {
    if (!pod.isCalled(wanted.id())) {
      return Optional.of("for instance " + wanted.id());
    }
    return toPlace(pod, wanted.channel(), wanted.node()).or(() -> toTakingOver(pod, wanted));
  }

  private Optional<String> toPlace(Agent.OfPod pod, ChannelId channel, NodeName node) {
    if (!pod.node().equals(node)) {
      return Optional.of("for an instance on node " + node);
    }
    var known = pods.find(pod.namespace(), pod.pod());
    if (known.filter(seen -> !seen.uid().equals(pod.uid())).isPresent()) {
      return Optional.of("for an instance: its pod is gone, and another has its name");
    }
    return known.isPresent() ? toAnnotation(pod, known.get(), channel) : toNamespace(pod, channel);
  }

  private Optional<String> toAnnotation(Agent.OfPod pod, KnownPod known, ChannelId channel) {
    if (known.channel().filter(named -> !named.equals(channel)).isPresent()) {
      return unnamed(channel);
    }
    if (!channels.admits(channel, pod.namespace())) {
      return notAdmitted(pod, channel);
    }
    return known.channel().isPresent() ? Optional.empty() : unnamed(channel);
  }

  private static Optional<String> unnamed(ChannelId channel) {
    return Optional.of("for channel %s: its pod's annotation does not name it".formatted(channel));
  }

  private Optional<String> toNamespace(Agent.OfPod pod, ChannelId channel) {
    if (pods.seesAllOf(pod.namespace())) {
      refuseUntilAllAreKnown();
      return Optional.of(
          "for channel %s: its pod has no annotation hydra/channel, or is gone".formatted(channel));
    }
    return channels.admits(channel, pod.namespace()) ? Optional.empty() : notAdmitted(pod, channel);
  }

  private static Optional<String> notAdmitted(Agent.OfPod pod, ChannelId channel) {
    return Optional.of(
        "for channel %s: it is not for pods of namespace %s".formatted(channel, pod.namespace()));
  }

  /** Right after the start, a pod that is not known may well be there. */
  private void refuseUntilAllAreKnown() {
    if (!pods.isComplete()) {
      throw new HydraException(
          ErrorCode.UNAVAILABLE, "the manager has just started and does not know all pods yet");
    }
  }

  /** The plain name of a pod may be that of another namespace's pod, too. */
  private Optional<String> toTakingOver(Agent.OfPod pod, InstanceRegistration wanted) {
    if (wanted.id().value().equals(pod.qualified())) {
      return Optional.empty();
    }
    return roster
        .instance(wanted.id())
        .filter(known -> !known.channel().equals(wanted.channel()))
        .filter(
            known ->
                pods.seesAllOf(pod.namespace())
                    ? pods.isClaimedByAnother(wanted.id(), pod.namespace(), pod.pod())
                    : !known.channel().namespace().equals(pod.namespace()))
        .map(
            known ->
                "for instance %s, which is registered for another channel: call it %s"
                    .formatted(wanted.id(), pod.qualified()));
  }
}
