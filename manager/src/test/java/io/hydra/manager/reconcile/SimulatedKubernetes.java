package io.hydra.manager.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.manager.discovery.Orchestrator;
import io.hydra.manager.rollout.DisruptionBudget;
import io.hydra.manager.rollout.Pod;
import io.hydra.model.ChannelId;
import io.hydra.wire.EndpointState;
import io.hydra.wire.InstanceRegistration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The world's instances as pods under one PodDisruptionBudget, which others take from, too. It sees
 * readiness once a step. A pod that is evicted is replaced by an empty one of the same name.
 */
final class SimulatedKubernetes implements Orchestrator {
  private static final int STEPS_TO_END = 2;
  private static final int NOTES_EXPIRE_AFTER = 20;

  private final World world;
  private final Set<String> ready = new HashSet<>();
  private final Map<String, Integer> ending = new HashMap<>();
  private final Map<String, Integer> noted = new HashMap<>();
  private final Set<String> own = new HashSet<>();
  private final List<Consumer<ChannelId>> listeners = new ArrayList<>();
  private int step;

  /** How many pods have to be healthy. */
  int needed;

  SimulatedKubernetes(World world, int needed) {
    this.world = world;
    this.needed = needed;
  }

  /** Looks at all pods, and ends those that are to. */
  void step() {
    step++;
    for (var name : Set.copyOf(ending.keySet())) {
      if (ending.merge(name, -1, Integer::sum) == 0) {
        ending.remove(name);
        noted.remove(name);
        own.remove(name);
        world.the(name).crash();
      }
    }
    noted.values().removeIf(until -> until < step);
    ready.clear();
    world.instances.forEach(
        (name, instance) -> {
          if (instance.alive && instance.ready()) {
            ready.add(name);
          }
        });
    listeners.forEach(listener -> listener.accept(World.CHANNEL));
  }

  /** Somebody drains a node, say; refused where the budget says so. */
  boolean evict(String pod) {
    if (ending.containsKey(pod) || !mayGo(pod)) {
      return false;
    }
    ending.put(pod, STEPS_TO_END);
    return true;
  }

  /**
   * One that is not ready costs nothing, but goes only while enough others are healthy ({@code
   * IfHealthyBudget}, the default of {@code unhealthyPodEvictionPolicy}).
   */
  private boolean mayGo(String pod) {
    return noted.containsKey(pod) || (isHealthy(pod) ? allowed() > 0 : healthy() >= needed);
  }

  /** Whoever is out by somebody's will is within what the budget allows. */
  void noMoreIsDisruptedThanAllowed() {
    long out =
        world.instances.entrySet().stream()
            .filter(e -> e.getValue().isOutByOrder() || ending.containsKey(e.getKey()))
            .count();
    assertThat(out).as("disrupted").isLessThanOrEqualTo(world.instances.size() - needed);
  }

  private boolean isHealthy(String pod) {
    return ready.contains(pod) && !ending.containsKey(pod) && !noted.containsKey(pod);
  }

  private int healthy() {
    return (int) world.instances.keySet().stream().filter(this::isHealthy).count();
  }

  private int allowed() {
    return Math.max(0, healthy() - needed);
  }

  @Override
  public List<Pod> podsOf(ChannelId channel) {
    var budget =
        new DisruptionBudget(
            "search/searcher",
            allowed(),
            healthy(),
            needed,
            world.instances.size(),
            noted.keySet());
    return world.instances.values().stream()
        .map(
            instance ->
                new Pod(
                    "search",
                    instance.id.value(),
                    Optional.of(instance.node.name),
                    List.of(instance.id),
                    ready.contains(instance.id.value()),
                    Optional.ofNullable(ending.get(instance.id.value()))
                        .map(steps -> world.clock.instant().plusSeconds(steps)),
                    EndpointState.UNKNOWN,
                    Optional.of(List.of(budget))))
        .toList();
  }

  /** It is a new manager who asks, and does not know what the last one noted. */
  @Override
  public void onChange(Consumer<ChannelId> listener) {
    own.clear();
    listeners.clear();
    listeners.add(listener);
  }

  @Override
  public EndpointState awaitEndpoint(
      InstanceRegistration instance, Optional<EndpointState> unless, Duration wait) {
    return EndpointState.UNKNOWN;
  }

  @Override
  public void note(ChannelId channel, Collection<Pod> disrupted) {
    var wanted = new HashSet<String>();
    for (var pod : disrupted) {
      wanted.add(pod.name());
      if (noted.containsKey(pod.name()) && !ending.containsKey(pod.name())) {
        noted.put(pod.name(), step + NOTES_EXPIRE_AFTER);
        own.add(pod.name());
      }
      if (isHealthy(pod.name()) && allowed() > 0) {
        noted.put(pod.name(), step + NOTES_EXPIRE_AFTER);
        own.add(pod.name());
      }
    }
    own.stream().filter(name -> !wanted.contains(name)).forEach(noted::remove);
    own.retainAll(wanted);
  }

  @Override
  public void evict(InstanceRegistration instance) {
    assertThat(evict(instance.id().value())).isTrue();
  }
}
