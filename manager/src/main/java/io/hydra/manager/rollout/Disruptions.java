package io.hydra.manager.rollout;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the disruption budgets of the cluster allow beside the channel's own. A pod that is healthy
 * costs one of the disruptions that they allow. One that is not costs none, but may be healthy
 * again by the time it obeys; so no more go than could if all were healthy.
 */
final class Disruptions {
  private final Map<String, Integer> taken = new HashMap<>();
  private final Map<String, Set<String>> out = new HashMap<>();
  private final List<Pod> wanted = new ArrayList<>();

  /** Pods whose disruption the budgets shall note, or go on noting. */
  List<Pod> wanted() {
    return List.copyOf(wanted);
  }

  /** Those that are out already, or may leave without being asked again. */
  void keep(List<Pod> pods) {
    for (var pod : pods) {
      var budgets = pod.budgets().orElse(List.of());
      budgets.forEach(b -> out.computeIfAbsent(b.name(), name -> new HashSet<>()).add(pod.name()));
      if (!budgets.isEmpty()) {
        wanted.add(pod);
      }
    }
    missing(pods).forEach(budget -> taken.merge(budget.name(), 1, Integer::sum));
  }

  /** Why they must not go together now; empty when the budgets allow it or have done so before. */
  Optional<String> obstacle(List<Pod> pods) {
    return unknown(pods).or(() -> notAllowed(pods)).or(() -> tooManyOut(pods));
  }

  /** Has the budgets note them. What it returns is waited for; empty when all of them have. */
  Optional<String> take(List<Pod> pods) {
    keep(pods);
    return missing(pods).stream()
        .findFirst()
        .map(budget -> "PodDisruptionBudget %s is about to note it".formatted(budget.name()));
  }

  private static Optional<String> unknown(List<Pod> pods) {
    return pods.stream()
        .filter(pod -> pod.budgets().isEmpty())
        .map(Pod::namespace)
        .map("the PodDisruptionBudgets of namespace %s are not known yet"::formatted)
        .findFirst();
  }

  private Optional<String> notAllowed(List<Pod> pods) {
    var demand = new HashMap<DisruptionBudget, Integer>();
    missing(pods).forEach(budget -> demand.merge(budget, 1, Integer::sum));
    return demand.entrySet().stream()
        .filter(e -> e.getKey().allowed() - takenOf(e.getKey()) < e.getValue())
        .map(e -> e.getKey().refusal())
        .sorted()
        .findFirst();
  }

  private Optional<String> tooManyOut(List<Pod> pods) {
    return pods.stream()
        .filter(pod -> !pod.ready())
        .flatMap(pod -> unnoted(pod).stream().filter(budget -> !isOut(pod, budget)))
        .filter(budget -> outWith(pods, budget).size() > budget.most())
        .map(
            budget ->
                "%d pods of PodDisruptionBudget %s would be out by order, and no more than %d may be"
                    .formatted(outWith(pods, budget).size(), budget.name(), budget.most()))
        .findFirst();
  }

  private int takenOf(DisruptionBudget budget) {
    return taken.getOrDefault(budget.name(), 0);
  }

  private boolean isOut(Pod pod, DisruptionBudget budget) {
    return out.getOrDefault(budget.name(), Set.of()).contains(pod.name());
  }

  private Set<String> outWith(List<Pod> pods, DisruptionBudget budget) {
    var all = new HashSet<>(budget.noted());
    all.addAll(out.getOrDefault(budget.name(), Set.of()));
    pods.stream()
        .filter(pod -> pod.budgets().orElse(List.of()).contains(budget))
        .forEach(pod -> all.add(pod.name()));
    return all;
  }

  /** For each pod, the budgets that still count it as healthy. */
  private static List<DisruptionBudget> missing(List<Pod> pods) {
    return pods.stream().filter(Pod::ready).flatMap(pod -> unnoted(pod).stream()).toList();
  }

  private static List<DisruptionBudget> unnoted(Pod pod) {
    return pod.budgets().orElse(List.of()).stream()
        .filter(budget -> !budget.noted().contains(pod.name()))
        .toList();
  }
}
