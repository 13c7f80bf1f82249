package io.hydra.manager.kubernetes;

import io.hydra.error.HydraException;
import io.hydra.manager.apiserver.ApiObject;
import io.hydra.manager.apiserver.ApiObject.Name;
import io.hydra.model.ChannelId;
import io.hydra.model.InstanceId;
import io.hydra.model.NodeName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A consumer's pod as it was seen last, on a node or not.
 *
 * @param instanceIds what its AppMan may call itself
 * @param labels shared with other pods as far as they are equal
 * @param endsBy when it shall be gone, if it is being deleted
 */
record SeenPod(
    Name id,
    List<InstanceId> instanceIds,
    String uid,
    ChannelId channel,
    Optional<NodeName> node,
    Map<String, String> labels,
    boolean ready,
    Optional<Instant> endsBy) {

  /** Empty where its annotation is no channel. */
  static Optional<SeenPod> of(ApiObject pod) {
    return pod.annotation(ConsumerPod.ANNOTATION)
        .flatMap(SeenPod::channel)
        .map(
            channel ->
                new SeenPod(
                    pod.name(),
                    ConsumerPod.instanceIds(pod.name()),
                    pod.metadata().uid().orElse(""),
                    channel,
                    pod.nodeName().map(NodeName::of),
                    shared(pod.metadata().labels().orElse(Map.of())),
                    pod.is("Ready"),
                    pod.metadata().deletionTimestamp().map(Instant::parse)));
  }

  String namespace() {
    return id.namespace().orElse("");
  }

  private static Optional<ChannelId> channel(String annotation) {
    try {
      return Optional.of(ChannelId.parse(annotation));
    } catch (HydraException toldElsewhere) {
      return Optional.empty();
    }
  }

  /** Thousands of pods have the same words in their labels. */
  private static Map<String, String> shared(Map<String, String> labels) {
    return labels.entrySet().stream()
        .collect(
            Collectors.toUnmodifiableMap(e -> e.getKey().intern(), e -> e.getValue().intern()));
  }
}
