package io.hydra.manager.kubernetes;

import io.hydra.manager.apiserver.ApiObject;
import io.hydra.manager.apiserver.ApiObject.Name;
import io.hydra.manager.apiserver.ApiObject.Status;
import io.hydra.manager.apiserver.LabelSelector;
import io.hydra.manager.rollout.DisruptionBudget;
import java.math.BigInteger;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The PodDisruptionBudgets of the namespaces that have consumers. For one thread at a time. What
 * our own change of one has answered may be newer than what is told of it next: the newest holds.
 */
final class Budgets {
  private final Map<String, Map<Name, Budget>> namespaces = new HashMap<>();
  private final Set<String> listed = new HashSet<>();

  /** One of them. */
  record Budget(
      Name name, String version, Optional<LabelSelector> selector, DisruptionBudget state) {
    private boolean protects(SeenPod pod) {
      return selector.filter(s -> s.matches(pod.labels())).isPresent();
    }
  }

  /** Returns whether it says anything else than before. */
  boolean put(ApiObject object) {
    var now = read(object);
    var all = namespaces.computeIfAbsent(namespace(now.name()), n -> new HashMap<>());
    var before = Optional.ofNullable(all.get(now.name()));
    if (before.filter(known -> isOlder(now.version(), known.version())).isPresent()) {
      return false;
    }
    all.put(now.name(), now);
    return before
        .filter(old -> old.state().equals(now.state()) && old.selector().equals(now.selector()))
        .isEmpty();
  }

  void remove(Name name) {
    namespaces.getOrDefault(namespace(name), new HashMap<>()).remove(name);
  }

  Optional<Budget> find(Name name) {
    return Optional.ofNullable(namespaces.getOrDefault(namespace(name), Map.of()).get(name));
  }

  /** All of the namespace were told. */
  void complete(String namespace) {
    listed.add(namespace);
  }

  void forget(String namespace) {
    listed.remove(namespace);
    namespaces.remove(namespace);
  }

  /** Those that protect the pod; empty while they are not known. */
  Optional<List<DisruptionBudget>> of(SeenPod pod) {
    if (!listed.contains(pod.namespace())) {
      return Optional.empty();
    }
    return Optional.of(
        all(pod.namespace()).stream().filter(b -> b.protects(pod)).map(Budget::state).toList());
  }

  private Collection<Budget> all(String namespace) {
    return namespaces.getOrDefault(namespace, Map.of()).values();
  }

  private static String namespace(Name budget) {
    return budget.namespace().orElse("");
  }

  private static Budget read(ApiObject object) {
    var status = object.status();
    // A change of its rules that has not been counted by yet may allow less.
    boolean counted =
        status.flatMap(Status::observedGeneration).orElse(0L)
            >= object.metadata().generation().orElse(0L);
    var state =
        new DisruptionBudget(
            object.name().toString(),
            counted ? status.flatMap(Status::disruptionsAllowed).orElse(0) : 0,
            status.flatMap(Status::currentHealthy).orElse(0),
            status.flatMap(Status::desiredHealthy).orElse(0),
            status.flatMap(Status::expectedPods).orElse(0),
            status.flatMap(Status::disruptedPods).orElse(Map.of()).keySet());
    return new Budget(
        object.name(),
        object.metadata().resourceVersion(),
        object.spec().flatMap(ApiObject.Spec::selector),
        state);
  }

  /** Versions of one object are numbers that grow. */
  private static boolean isOlder(String version, String known) {
    try {
      return new BigInteger(version).compareTo(new BigInteger(known)) < 0;
    } catch (NumberFormatException opaque) {
      return false;
    }
  }
}
