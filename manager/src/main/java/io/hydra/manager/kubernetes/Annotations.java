package io.hydra.manager.kubernetes;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.manager.channel.Channels;
import io.hydra.manager.lead.LeadScoped;
import io.hydra.model.ChannelId;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Reads what pods ask for, and objects once to each pod that cannot have it. */
@LeadScoped
class Annotations {
  private final Channels channels;
  private final Objections objections;
  private final Set<String> objected = new HashSet<>();

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
   * an environment that this manager does not serve.
   */
  synchronized Optional<ChannelId> read(ConsumerPod pod) {
    try {
      var channel = ChannelId.parse(pod.channel());
      return isServed(pod, channel) ? Optional.of(channel) : Optional.empty();
    } catch (HydraException malformed) {
      object(pod, "HydraChannelInvalid", malformed.detail());
      return Optional.empty();
    }
  }

  synchronized void forget(ConsumerPod pod) {
    objected.remove(pod.uid());
  }

  private boolean isServed(ConsumerPod pod, ChannelId channel) {
    try {
      channels.require(channel);
      return true;
    } catch (HydraException refused) {
      if (refused.code() == ErrorCode.UNKNOWN_CHANNEL) {
        object(
            pod,
            "HydraChannelUnknown",
            "channel %s does not exist (yet): the pod gets no data until it is created and published to"
                .formatted(channel));
        return true;
      }
      object(pod, "HydraEnvironmentUnknown", refused.detail());
      return false;
    }
  }

  private void object(ConsumerPod pod, String reason, String sentence) {
    if (objected.add(pod.uid())) {
      objections.to(pod, reason, "annotation %s: %s".formatted(ConsumerPod.ANNOTATION, sentence));
    }
  }
}
