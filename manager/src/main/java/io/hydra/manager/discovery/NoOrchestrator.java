package io.hydra.manager.discovery;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.manager.rollout.Pod;
import io.hydra.model.ChannelId;
import io.hydra.wire.EndpointState;
import io.hydra.wire.InstanceRegistration;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Consumers are started by people or by something that Hydra does not know. */
public final class NoOrchestrator implements Orchestrator {
  @Override
  public List<Pod> podsOf(ChannelId channel) {
    return List.of();
  }

  @Override
  public void onChange(Consumer<ChannelId> listener) {
    // Nothing ever changes.
  }

  @Override
  public EndpointState awaitEndpoint(
      InstanceRegistration instance, Optional<EndpointState> unless, Duration wait) {
    return EndpointState.UNKNOWN;
  }

  @Override
  public void note(ChannelId channel, Collection<Pod> disrupted) {
    // Nobody else counts them.
  }

  @Override
  public void evict(InstanceRegistration instance) {
    throw new HydraException(
        ErrorCode.NOT_FOUND,
        "no pod of instance %s is known: this manager follows no Kubernetes (hydra.kubernetes.discovery)"
            .formatted(instance.id()));
  }
}
