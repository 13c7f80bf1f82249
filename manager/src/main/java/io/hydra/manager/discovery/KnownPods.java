package io.hydra.manager.discovery;

import io.hydra.model.ChannelId;
import io.hydra.model.InstanceId;
import io.hydra.model.NodeName;
import java.util.Optional;

/** What is known of consumers' pods from somebody else than their AppMans. */
public interface KnownPods {
  /** Whether all that there is to know at the start is known. */
  boolean isComplete();

  /** Whether each pod of the namespace that asks for a channel would be known. */
  boolean seesAllOf(String namespace);

  /** A pod that asks for a channel and is not gone. */
  Optional<KnownPod> find(String namespace, String name);

  /** Whether another pod than that one may call itself so. */
  boolean isClaimedByAnother(InstanceId id, String namespace, String name);

  /**
   * @param channel that it asks for; empty where that is none that this manager serves, or none
   *     that pods of its namespace may consume
   */
  record KnownPod(String uid, NodeName node, Optional<ChannelId> channel) {}
}
