package io.hydra.manager.rollout;

import io.hydra.model.NodeName;
import io.hydra.model.Release;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Who lets go of RAM together, where a node has room for one release only: its instances.
 *
 * @param limit how many of the channel's instances may be out of service
 * @param together how many of each node would
 */
public record Swaps(int limit, Map<NodeName, Integer> together) {
  public Swaps {
    together = Map.copyOf(together);
  }

  /**
   * For a release that no node has in RAM yet.
   *
   * @param members all that count
   */
  public static Swaps of(Release release, List<Member> members, Allowance allowance) {
    var together = new TreeMap<NodeName, Integer>();
    members.stream()
        .filter(member -> member.wouldLetGoFor(release.ref()))
        .forEach(member -> together.merge(member.node(), 1, Integer::sum));
    return new Swaps(allowance.budget().limit(), together);
  }

  /**
   * Why the instances of a node never let go for it; empty where they may.
   *
   * @param budget the channel's, where it is that which has room for one only
   */
  public Optional<String> obstacle(NodeName node, Optional<Long> budget, Release release) {
    int count = together.getOrDefault(node, 0);
    return count > limit
        ? Optional.of(Reasons.swapOverBudget(node, budget, count, limit, release))
        : Optional.empty();
  }
}
