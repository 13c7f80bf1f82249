package io.hydra.manager.kubernetes;

import io.hydra.error.HydraException;
import io.hydra.manager.apiserver.ApiObject;
import io.hydra.manager.apiserver.ApiObject.Name;
import io.hydra.manager.apiserver.ApiObject.Owner;
import io.hydra.manager.events.ObjectReference;
import io.hydra.model.InstanceId;
import io.hydra.model.NodeName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A pod that asks for a channel's data, bound to a node and not at its end.
 *
 * @param channel as the annotation says it
 * @param ending whether it is being deleted
 * @param owner what has made it
 * @param mark what it says itself of the release that it serves
 */
public record ConsumerPod(
    Name id,
    String uid,
    NodeName node,
    String channel,
    boolean ending,
    Optional<Owner> owner,
    Mark mark) {
  /** The annotation that names a pod's channel. */
  static final String ANNOTATION = "hydra/channel";

  /**
   * What was written on the pod.
   *
   * @param release the annotation {@value #RELEASE}
   * @param serving the condition {@value #SERVING}
   */
  public record Mark(Optional<String> release, Optional<Boolean> serving) {
    public static final String RELEASE = "hydra/release";
    public static final String SERVING = "hydra/Serving";
    public static final Mark NONE = new Mark(Optional.empty(), Optional.empty());

    static Mark of(ApiObject pod) {
      return new Mark(pod.annotation(RELEASE), pod.condition(SERVING));
    }
  }

  /** A pod that nobody has made and nothing is written on. */
  ConsumerPod(Name id, String uid, NodeName node, String channel, boolean ending) {
    this(id, uid, node, channel, ending, Optional.empty(), Mark.NONE);
  }

  /** One that has the annotation and a node. */
  static ConsumerPod of(ApiObject pod) {
    return new ConsumerPod(
        pod.name(),
        pod.metadata().uid().orElse(""),
        NodeName.of(pod.nodeName().orElseThrow()),
        pod.annotation(ANNOTATION).orElseThrow(),
        pod.metadata().deletionTimestamp().isPresent(),
        pod.controller(),
        Mark.of(pod));
  }

  /** What its AppMan may call itself: a pod's name alone is unique only in its namespace. */
  public List<InstanceId> instanceIds() {
    return instanceIds(id);
  }

  /** The same of any pod, the one that is unique first. */
  static List<InstanceId> instanceIds(Name pod) {
    return Stream.of(pod.namespace().orElse("") + "." + pod.name(), pod.name())
        .flatMap(ConsumerPod::instanceId)
        .toList();
  }

  /** Kubernetes allows longer names; no instance has one. */
  private static Stream<InstanceId> instanceId(String name) {
    try {
      return Stream.of(InstanceId.of(name));
    } catch (HydraException tooLong) {
      return Stream.empty();
    }
  }

  public ObjectReference reference() {
    return ObjectReference.pod(namespace(), id.name(), uid);
  }

  public String namespace() {
    return id.namespace().orElse("");
  }
}
