package io.hydra.wire;

import io.hydra.model.ChannelId;
import io.hydra.model.InstanceId;
import io.hydra.model.NodeName;

/**
 * One running copy of a consumer.
 *
 * @param node where it runs and reads its data
 */
public record InstanceRegistration(InstanceId id, ChannelId channel, NodeName node) {}
