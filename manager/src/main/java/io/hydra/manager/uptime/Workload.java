package io.hydra.manager.uptime;

import io.hydra.model.ChannelId;
import java.util.Map;
import java.util.Optional;

/**
 * Pods that are scaled together.
 *
 * @param version of the object, for a change that must not overwrite another
 * @param replicas that are wanted
 * @param channel whose data its pods ask for
 * @param uptime what its own annotation says, if it has one
 * @param exclude what the annotation says that opts out
 * @param nodeSelector of its pods
 * @param memory of what it was before it was scaled to zero
 */
record Workload(
    WorkloadId id,
    String uid,
    String version,
    int replicas,
    Optional<ChannelId> channel,
    Optional<String> uptime,
    Optional<String> exclude,
    Map<String, String> nodeSelector,
    Memory memory) {
  /** Whether nothing but its version may differ: the status of a workload changes all the time. */
  boolean isLike(Workload other) {
    return withVersion(other.version).equals(other);
  }

  private Workload withVersion(String otherVersion) {
    return new Workload(
        id, uid, otherVersion, replicas, channel, uptime, exclude, nodeSelector, memory);
  }

  Workload withoutChannel() {
    return new Workload(
        id, uid, version, replicas, Optional.empty(), uptime, exclude, nodeSelector, memory);
  }

  /** As it would be with other replicas and another memory. */
  Workload with(int otherReplicas, Memory otherMemory) {
    return new Workload(
        id, uid, version, otherReplicas, channel, uptime, exclude, nodeSelector, otherMemory);
  }
}
