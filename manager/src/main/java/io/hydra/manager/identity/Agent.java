package io.hydra.manager.identity;

import io.hydra.error.HydraException;
import io.hydra.model.ChannelId;
import io.hydra.model.InstanceId;
import io.hydra.model.NodeName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Whom an agent's token lets it speak for: nobody but itself. */
public sealed interface Agent {
  /** The Docto of a node. */
  record OfNode(NodeName node) implements Agent {
    @Override
    public String toString() {
      return "node/" + node;
    }
  }

  /**
   * The AppMan of a pod, as Kubernetes attests.
   *
   * @param node that the pod is bound to
   */
  record OfPod(String namespace, String pod, String uid, NodeName node) implements Agent {
    /** What the instance may be called; a pod's name alone is unique only in its namespace. */
    Stream<InstanceId> names() {
      return Stream.of(pod, qualified()).flatMap(name -> instance(name).stream());
    }

    boolean isCalled(InstanceId id) {
      return names().anyMatch(id::equals);
    }

    /** The name that no pod of another namespace can have. */
    String qualified() {
      return namespace + "." + pod;
    }

    /** Kubernetes allows longer names; no instance has one. */
    private static Optional<InstanceId> instance(String name) {
      try {
        return Optional.of(InstanceId.of(name));
      } catch (HydraException tooLong) {
        return Optional.empty();
      }
    }

    @Override
    public String toString() {
      return "pod/%s/%s".formatted(namespace, pod);
    }
  }

  /** The AppMan of one instance on a plain host. */
  record OfInstance(InstanceId instance, NodeName node, List<ChannelPattern> channels)
      implements Agent {
    boolean mayServe(ChannelId channel) {
      return channels.stream().anyMatch(pattern -> pattern.matches(channel));
    }

    @Override
    public String toString() {
      return "instance/" + instance;
    }
  }
}
