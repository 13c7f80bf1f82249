package io.hydra.manager.rollout;

import io.hydra.model.InstanceId;
import io.hydra.model.NodeName;
import io.hydra.wire.EndpointState;
import java.util.List;
import java.util.Optional;

/**
 * A consumer's pod as its cluster tells of it.
 *
 * @param node where it runs; empty while it is bound to none
 * @param instanceIds what its AppMan may call itself, the more exact name first
 * @param ready whether its cluster counts it as ready
 * @param ending whether it is being deleted
 * @param budgets that protect it; empty while they are not known
 */
public record Pod(
    String namespace,
    String name,
    Optional<NodeName> node,
    List<InstanceId> instanceIds,
    boolean ready,
    boolean ending,
    EndpointState endpoint,
    Optional<List<DisruptionBudget>> budgets) {
  public Pod {
    instanceIds = List.copyOf(instanceIds);
    budgets = budgets.map(List::copyOf);
  }

  /** Whether it takes no traffic, whatever its AppMan says. */
  public boolean isOut() {
    return ending || !ready || endpoint == EndpointState.NOT_READY;
  }

  /** Whether all that protect it have allowed and noted its disruption. */
  boolean isNoted() {
    return budgets.filter(all -> all.stream().allMatch(b -> b.noted().contains(name))).isPresent();
  }

  /** Why it is out, as a clause for people. */
  String describe() {
    var which = "pod %s/%s".formatted(namespace, name);
    if (ending) {
      return which + " is being deleted";
    }
    if (node.isEmpty()) {
      return which + " is not on a node yet";
    }
    return which + (ready ? " gets no traffic from its Services yet" : " is not ready");
  }
}
