package io.hydra.testing.stage;

import io.hydra.model.ChannelId;
import java.time.Duration;
import java.util.List;

/**
 * What a stage consists of.
 *
 * @param channel whose consumers the replicas are
 * @param nodes each gets one replica
 * @param drainSettle how long a replica stays up after it stopped being ready
 * @param grace how long a restarted manager waits for agents it has not heard
 * @param encrypted whether agents use HTTPS to S3 and mutual TLS to the manager
 */
public record StageSettings(
    ChannelId channel,
    List<NodeSettings> nodes,
    Duration drainSettle,
    Duration grace,
    boolean encrypted) {

  /** Small delays: the balancer asks five times a second, and all runs on one machine. */
  public static StageSettings of(ChannelId channel, List<NodeSettings> nodes) {
    return new StageSettings(channel, nodes, Duration.ofMillis(600), Duration.ofSeconds(5), false);
  }

  public StageSettings withTls() {
    return new StageSettings(channel, nodes, drainSettle, grace, true);
  }
}
