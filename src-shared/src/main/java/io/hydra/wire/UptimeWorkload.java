package io.hydra.wire;

import io.hydra.model.ChannelId;
import java.util.Optional;

/**
 * A workload in Kubernetes that uptime windows may scale.
 *
 * @param kind such as {@code Deployment}
 * @param channel whose data its pods ask for
 * @param replicas that it has now
 * @param remembered replicas that it will return to; empty where it was not scaled to zero
 * @param uptime its windows; empty where it has none, is excluded, or what was said is not clear
 * @param detail who says so, or what is wrong, for people
 */
public record UptimeWorkload(
    String kind,
    String namespace,
    String name,
    Optional<ChannelId> channel,
    int replicas,
    Optional<Integer> remembered,
    Optional<String> uptime,
    String detail) {}
