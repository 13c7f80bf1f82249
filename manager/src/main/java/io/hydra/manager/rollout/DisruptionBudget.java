package io.hydra.manager.rollout;

import java.util.Set;

/**
 * A PodDisruptionBudget as its cluster counts it.
 *
 * @param name {@code namespace/name}
 * @param allowed how many more of its pods may be disrupted now
 * @param healthy how many of them are ready and not about to be disrupted
 * @param needed how many have to be
 * @param expected how many there are to be
 * @param noted names of the pods whose disruption it allowed already and counts as not healthy
 */
public record DisruptionBudget(
    String name, int allowed, int healthy, int needed, int expected, Set<String> noted) {
  public DisruptionBudget {
    noted = Set.copyOf(noted);
  }

  /**
   * How many may be out by order, those included that are not healthy anyway. One, at least: what
   * is broken must not stay so because it is protected.
   */
  int most() {
    return Math.max(1, expected - needed);
  }

  /** Why it allows nothing, as a clause. */
  String refusal() {
    return "PodDisruptionBudget %s allows no disruption: %d of its pods are healthy and %d have to be"
        .formatted(name, healthy, needed);
  }
}
