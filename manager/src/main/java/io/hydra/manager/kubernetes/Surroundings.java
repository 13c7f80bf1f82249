package io.hydra.manager.kubernetes;

import io.hydra.manager.apiserver.ApiObject;
import io.hydra.manager.apiserver.ApiObject.Name;
import io.hydra.manager.kubernetes.Budgets.Budget;
import io.hydra.manager.lead.LeadScoped;
import io.hydra.manager.rollout.DisruptionBudget;
import io.hydra.manager.rollout.Pod;
import io.hydra.model.ChannelId;
import io.hydra.wire.EndpointState;
import io.hydra.wire.InstanceRegistration;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Consumers' pods with the EndpointSlices that name them and the PodDisruptionBudgets that protect
 * them. Of namespaces without consumers it knows nothing.
 */
@LeadScoped
class Surroundings {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Consumers consumers = new Consumers();
  private final Endpoints endpoints = new Endpoints();
  private final Budgets budgets = new Budgets();
  private final List<Consumer<ChannelId>> listeners = new CopyOnWriteArrayList<>();

  /** Calls back with each channel of which something has changed. */
  void onChange(Consumer<ChannelId> listener) {
    listeners.add(listener);
  }

  boolean hasConsumers(String namespace) {
    return locked(() -> consumers.areIn(namespace));
  }

  /** A pod that is new or has changed. */
  void put(ApiObject pod) {
    var now = SeenPod.of(pod);
    change(() -> replace(pod.name(), now));
  }

  /** A pod that is gone, or no consumer any more. */
  void remove(Name pod) {
    change(() -> replace(pod, Optional.empty()));
  }

  void putSlice(ApiObject slice) {
    change(() -> channelsOf(endpoints.put(slice)));
  }

  void removeSlice(Name slice) {
    change(() -> channelsOf(endpoints.remove(slice)));
  }

  void putBudget(ApiObject budget) {
    change(
        () ->
            budgets.put(budget)
                ? consumers.channelsIn(budget.metadata().namespace().orElse(""))
                : Set.of());
  }

  void removeBudget(Name budget) {
    change(
        () -> {
          budgets.remove(budget);
          return consumers.channelsIn(budget.namespace().orElse(""));
        });
  }

  /** All budgets of the namespace were told. */
  void budgetsListed(String namespace) {
    change(
        () -> {
          budgets.complete(namespace);
          return consumers.channelsIn(namespace);
        });
  }

  /** What slices and budgets of the namespace said: nobody follows them any more. */
  void forget(String namespace) {
    change(
        () -> {
          endpoints.forget(namespace);
          budgets.forget(namespace);
          return consumers.channelsIn(namespace);
        });
  }

  Optional<Budget> budget(Name name) {
    return locked(() -> budgets.find(name));
  }

  List<DisruptionBudget> budgetsOf(SeenPod pod) {
    return locked(() -> budgets.of(pod).orElse(List.of()));
  }

  List<Pod> podsOf(ChannelId channel) {
    return locked(() -> consumers.of(channel).stream().map(this::pod).toList());
  }

  Optional<SeenPod> podOf(InstanceRegistration instance) {
    return locked(() -> consumers.find(instance));
  }

  /** See {@link io.hydra.manager.discovery.Orchestrator#awaitEndpoint}. */
  EndpointState awaitEndpoint(
      InstanceRegistration instance, Optional<EndpointState> unless, Duration wait) {
    lock.lock();
    try {
      long left = wait.toNanos();
      var state = endpointOf(instance);
      while (state != EndpointState.UNKNOWN && unless.equals(Optional.of(state)) && left > 0) {
        left = changed.awaitNanos(left);
        state = endpointOf(instance);
      }
      return state;
    } catch (InterruptedException e) {
      // The caller's connection or the program ends.
      Thread.currentThread().interrupt();
      return EndpointState.UNKNOWN;
    } finally {
      lock.unlock();
    }
  }

  private EndpointState endpointOf(InstanceRegistration instance) {
    return consumers
        .find(instance)
        .map(pod -> endpoints.of(pod.id()))
        .orElse(EndpointState.UNKNOWN);
  }

  private Set<ChannelId> replace(Name name, Optional<SeenPod> now) {
    var before = consumers.find(name);
    if (before.equals(now)) {
      return Set.of();
    }
    now.ifPresentOrElse(consumers::put, () -> consumers.remove(name));
    return Set.of(before, now).stream()
        .flatMap(Optional::stream)
        .map(SeenPod::channel)
        .collect(Collectors.toSet());
  }

  private Pod pod(SeenPod seen) {
    return new Pod(
        seen.namespace(),
        seen.id().name(),
        seen.node(),
        seen.instanceIds(),
        seen.ready(),
        seen.endsBy(),
        endpoints.of(seen.id()),
        budgets.of(seen));
  }

  private Set<ChannelId> channelsOf(Set<Name> pods) {
    return pods.stream()
        .flatMap(name -> consumers.find(name).stream())
        .map(SeenPod::channel)
        .collect(Collectors.toSet());
  }

  /** Tells listeners, without the lock, of the channels that {@code work} has touched. */
  private void change(Supplier<Set<ChannelId>> work) {
    var touched =
        locked(
            () -> {
              var channels = work.get();
              if (!channels.isEmpty()) {
                changed.signalAll();
              }
              return channels;
            });
    touched.forEach(channel -> listeners.forEach(listener -> listener.accept(channel)));
  }

  private <T> T locked(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }
}
