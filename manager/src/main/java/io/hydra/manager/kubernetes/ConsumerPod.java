package io.hydra.manager.kubernetes;

import io.hydra.error.HydraException;
import io.hydra.manager.apiserver.ApiObject.Name;
import io.hydra.manager.events.ObjectReference;
import io.hydra.model.InstanceId;
import io.hydra.model.NodeName;
import java.util.List;
import java.util.stream.Stream;

/**
 * A pod that asks for a channel's data, bound to a node and not at its end.
 *
 * @param channel as the annotation says it
 * @param ending whether it is being deleted
 */
record ConsumerPod(Name id, String uid, NodeName node, String channel, boolean ending) {
  /** The annotation that names a pod's channel. */
  static final String ANNOTATION = "hydra/channel";

  /** What its AppMan may call itself: a pod's name alone is unique only in its namespace. */
  List<InstanceId> instanceIds() {
    return Stream.of(id.name(), namespace() + "." + id.name())
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

  ObjectReference reference() {
    return ObjectReference.pod(namespace(), id.name(), uid);
  }

  String namespace() {
    return id.namespace().orElse("");
  }
}
