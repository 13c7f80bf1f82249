package io.hydra.manager.discovery;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.manager.lead.LeadScoped;
import io.hydra.model.ChannelId;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Whether anybody consumes a channel: an instance that is registered, a pod whose AppMan has not
 * spoken yet, or one that is about to be on a node.
 */
@LeadScoped
public class ChannelUse {
  private final Registrations registrations;
  private final Roster roster;
  private final Whereabouts whereabouts;
  private final Orchestrator orchestrator;

  public ChannelUse(
      Registrations registrations,
      Roster roster,
      Whereabouts whereabouts,
      Orchestrator orchestrator) {
    this.registrations = registrations;
    this.roster = roster;
    this.whereabouts = whereabouts;
    this.orchestrator = orchestrator;
  }

  /**
   * No instance registers between the check and the change.
   *
   * @throws HydraException {@code IN_USE}
   */
  public void unlessUsed(ChannelId channel, Runnable change) {
    registrations.exclusively(
        () -> {
          user(channel)
              .ifPresent(
                  user -> {
                    throw new HydraException(
                        ErrorCode.IN_USE,
                        "channel %s is in use: %s".formatted(channel, user),
                        Map.of("channel", channel.toString()));
                  });
          change.run();
        });
  }

  /** One of them, as a clause. */
  private Optional<String> user(ChannelId channel) {
    var instance =
        roster.instancesOf(channel).stream()
            .map(i -> "instance %s is registered for it".formatted(i.id()));
    var pod =
        orchestrator.podsOf(channel).stream()
            .map(p -> "pod %s/%s consumes it".formatted(p.namespace(), p.name()));
    var node =
        whereabouts.nodesOf(channel).stream()
            .map("a consumer of it is expected on node %s"::formatted);
    return Stream.of(instance, pod, node).flatMap(Function.identity()).findFirst();
  }
}
