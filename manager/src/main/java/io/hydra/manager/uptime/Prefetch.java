package io.hydra.manager.uptime;

import io.hydra.model.ChannelId;
import io.hydra.model.NodeName;
import java.time.Instant;
import java.util.Set;

/**
 * Data to be brought before a window.
 *
 * @param start of the window
 */
record Prefetch(ChannelId channel, Set<NodeName> nodes, Instant start) {}
