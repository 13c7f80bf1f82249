package io.hydra.manager.kubernetes;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.manager.channel.Channels;
import io.hydra.manager.lead.LeadScoped;
import io.hydra.model.ChannelId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Reads what pods ask for, and objects to each pod that cannot have it, once for each reason. */
@LeadScoped
class Annotations {
  private final Channels channels;
  private final Objections objections;

  /** By the pod's uid, what was objected to last. */
  private final Map<String, String> objected = new HashMap<>();

  /** Hears what is wrong with a pod. */
  interface Objections {
    /**
     * @param reason one word, for machines
     * @param sentence for people
     */
    void to(ConsumerPod pod, String reason, String sentence);
  }

  Annotations(Channels channels, Objections objections) {
    this.channels = channels;
    this.objections = objections;
  }

  /**
   * The channel, whether it exists yet or not; empty where the annotation is no channel, or one of
   * an environment that this manager does not serve, or one that pods of this namespace may not
   * consume.
   */
  synchronized Optional<ChannelId> read(ConsumerPod pod) {
    var reading = reading(pod);
    reading
        .objection()
        .ifPresentOrElse(objection -> object(pod, objection), () -> objected.remove(pod.uid()));
    return reading.channel();
  }

  synchronized void forget(ConsumerPod pod) {
    objected.remove(pod.uid());
  }

  private record Reading(Optional<ChannelId> channel, Optional<Objection> objection) {
    static Reading refused(String reason, String sentence) {
      return new Reading(Optional.empty(), Optional.of(new Objection(reason, sentence)));
    }
  }

  private record Objection(String reason, String sentence) {}

  private Reading reading(ConsumerPod pod) {
    try {
      return reading(ChannelId.parse(pod.channel()), pod.namespace());
    } catch (HydraException malformed) {
      return Reading.refused("HydraChannelInvalid", malformed.detail());
    }
  }

  private Reading reading(ChannelId channel, String namespace) {
    var unknown = unknown(channel);
    if (unknown.filter(e -> e.code() != ErrorCode.UNKNOWN_CHANNEL).isPresent()) {
      return Reading.refused("HydraEnvironmentUnknown", unknown.get().detail());
    }
    if (!channels.admits(channel, namespace)) {
      return Reading.refused(
          "HydraNamespaceNotAdmitted",
          "channel %s is not for pods of namespace %s: the pod gets no new data until the channel's setting consumerNamespaces names it (hydra channels set %1$s --consumer-namespace %2$s)"
              .formatted(channel, namespace));
    }
    return new Reading(
        Optional.of(channel),
        unknown.map(
            e ->
                new Objection(
                    "HydraChannelUnknown",
                    "channel %s does not exist (yet): the pod gets no data until it is created and published to"
                        .formatted(channel))));
  }

  private Optional<HydraException> unknown(ChannelId channel) {
    try {
      channels.require(channel);
      return Optional.empty();
    } catch (HydraException refused) {
      return Optional.of(refused);
    }
  }

  private void object(ConsumerPod pod, Objection objection) {
    if (!objection.reason().equals(objected.put(pod.uid(), objection.reason()))) {
      objections.to(
          pod,
          objection.reason(),
          "annotation %s: %s".formatted(ConsumerPod.ANNOTATION, objection.sentence()));
    }
  }
}
