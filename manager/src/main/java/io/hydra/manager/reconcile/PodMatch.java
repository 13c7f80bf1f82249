package io.hydra.manager.reconcile;

import io.hydra.manager.rollout.Pod;
import io.hydra.model.InstanceId;
import io.hydra.wire.InstanceRegistration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which instance runs in which pod. */
final class PodMatch {
  private final List<Pod> pods;
  private final Map<InstanceId, Pod> ofInstances = new HashMap<>();
  private final Instant now;

  PodMatch(List<Pod> pods, List<InstanceRegistration> instances, Instant now) {
    this.pods = pods;
    this.now = now;
    var named = new HashMap<InstanceId, Pod>();
    // Names that are unique only in a namespace must not hide more exact ones.
    pods.forEach(pod -> pod.instanceIds().reversed().forEach(id -> named.putIfAbsent(id, pod)));
    pods.forEach(pod -> pod.instanceIds().stream().limit(1).forEach(id -> named.put(id, pod)));
    for (var instance : instances) {
      Optional.ofNullable(named.get(instance.id()))
          .filter(pod -> pod.node().filter(instance.node()::equals).isPresent())
          .ifPresent(pod -> ofInstances.put(instance.id(), pod));
    }
  }

  Optional<Pod> of(InstanceRegistration instance) {
    return Optional.ofNullable(ofInstances.get(instance.id()));
  }

  /** Whether the instance's pod should have been gone long since. */
  boolean isOverdue(InstanceRegistration instance) {
    return of(instance).filter(pod -> pod.isOverdue(now)).isPresent();
  }

  /** Pods that no instance runs in, as far as is known; without those that are overdue. */
  List<Pod> strays() {
    Set<Pod> taken = new HashSet<>(ofInstances.values());
    return pods.stream().filter(pod -> !taken.contains(pod) && !pod.isOverdue(now)).toList();
  }
}
