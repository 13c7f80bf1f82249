package io.hydra.manager.rollout;

import io.hydra.model.InstanceId;
import io.hydra.model.NodeName;
import io.hydra.wire.EndpointState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A consumer's pod as its cluster tells of it.
 *
 * @param node where it runs; empty while it is bound to none
 * @param instanceIds what its AppMan may call itself, the more exact name first
 * @param ready whether its cluster counts it as ready
 * @param endsBy when it shall be gone, if it is being deleted
 * @param budgets that protect it; empty while they are not known
 */
public record Pod(
    String namespace,
    String name,
    Optional<NodeName> node,
    List<InstanceId> instanceIds,
    boolean ready,
    Optional<Instant> endsBy,
    EndpointState endpoint,
    Optional<List<DisruptionBudget>> budgets) {
  private static final Duration OVERDUE_AFTER = Duration.ofSeconds(30);

  public Pod {
    instanceIds = List.copyOf(instanceIds);
    budgets = budgets.map(List::copyOf);
  }

  /** Whether it is being deleted. */
  public boolean ending() {
    return endsBy.isPresent();
  }

  /**
   * Whether it should have been gone long since: its node is lost, say, and whatever it belongs to
   * has started another in its place.
   */
  public boolean isOverdue(Instant now) {
    return endsBy.filter(by -> by.plus(OVERDUE_AFTER).isBefore(now)).isPresent();
  }

  /** Whether it takes no traffic, whatever its AppMan says. */
  public boolean isOut() {
    return ending() || !ready || endpoint == EndpointState.NOT_READY;
  }

  /** Whether all that protect it have allowed and noted its disruption. */
  boolean isNoted() {
    return budgets.filter(all -> all.stream().allMatch(b -> b.noted().contains(name))).isPresent();
  }

  /** Why it is out, as a clause for people. */
  String describe() {
    var which = "pod %s/%s".formatted(namespace, name);
    if (ending()) {
      return which + " is being deleted";
    }
    if (node.isEmpty()) {
      return which + " is not on a node yet";
    }
    return which + (ready ? " gets no traffic from its Services yet" : " is not ready");
  }
}
