package io.hydra.manager.kubernetes;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.manager.channel.Channels;
import io.hydra.manager.discovery.NoOrchestrator;
import io.hydra.manager.discovery.Orchestrator;
import io.hydra.manager.rollout.Pod;
import io.hydra.model.ChannelId;
import io.hydra.wire.EndpointState;
import io.hydra.wire.InstanceRegistration;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A Kubernetes as what runs the consumers, where it is followed. */
@ApplicationScoped
@Typed(Kubernetes.class)
class Kubernetes implements Orchestrator {
  private final Channels channels;
  private final Surroundings surroundings;
  private final NoteKeeper notes;
  private final Evictions evictions;

  Kubernetes(Channels channels, Surroundings surroundings, NoteKeeper notes, Evictions evictions) {
    this.channels = channels;
    this.surroundings = surroundings;
    this.notes = notes;
    this.evictions = evictions;
  }

  /** Nothing of Kubernetes is made where it is switched off. */
  @Produces
  @Singleton
  static Orchestrator orchestrator(KubernetesConfig config, Instance<Kubernetes> kubernetes) {
    return config.discovery() ? kubernetes.get() : new NoOrchestrator();
  }

  @Override
  public List<Pod> podsOf(ChannelId channel) {
    return surroundings.podsOf(channel).stream()
        .filter(pod -> channels.admits(channel, pod.namespace()))
        .toList();
  }

  @Override
  public void onChange(Consumer<ChannelId> listener) {
    surroundings.onChange(listener);
  }

  @Override
  public EndpointState awaitEndpoint(
      InstanceRegistration instance, Optional<EndpointState> unless, Duration wait) {
    return surroundings.awaitEndpoint(instance, unless, wait);
  }

  @Override
  public void note(ChannelId channel, Collection<Pod> disrupted) {
    notes.want(channel, disrupted, podsOf(channel));
  }

  @Override
  public void evict(InstanceRegistration instance) {
    var pod = surroundings.podOf(instance);
    if (pod.isEmpty()) {
      throw new HydraException(
          ErrorCode.NOT_FOUND,
          "no pod of instance %s is known on node %s".formatted(instance.id(), instance.node()),
          Map.of("instance", instance.id().value()));
    }
    evictions.evict(pod.get(), surroundings.budgetsOf(pod.get()));
  }
}
