package io.hydra.manager.rollout;

import io.hydra.manager.assign.Preparation;
import io.hydra.model.NodeName;
import io.hydra.model.Release;
import io.hydra.wire.Fault;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Words for what a rollout waits for. */
public final class Reasons {
  private static final int MOST_NAMED = 3;

  private Reasons() {}

  static String notPrepared(Member member, Release target) {
    return notPrepared("node " + member.node(), member.preparation(), target);
  }

  /** Why the node does not have the release ready. */
  public static String notPrepared(String node, Preparation preparation, Release release) {
    return switch (preparation) {
      case Preparation.Ready _ -> "%s has all of %s".formatted(node, release.ref());
      case Preparation.Swap(long needed, long free, var budget) ->
          "%s needs %d bytes of RAM for %s beside what its instances hold, and has %d%s"
              .formatted(node, needed, release.ref(), free, within(budget));
      case Preparation.Fetching(long ready, long total, var fault) ->
          "%s has %d of %d bytes (%d%%) of %s%s"
              .formatted(
                  node,
                  ready,
                  total,
                  percent(ready, total),
                  release.ref(),
                  fault.map(Reasons::clause).orElse(""));
      case Preparation.Placing(var fault) ->
          "%s copies %s to RAM%s"
              .formatted(node, release.ref(), fault.map(Reasons::clause).orElse(""));
      case Preparation.Impossible(String reason) -> reason;
      case Preparation.Unheard _ -> "%s was not heard".formatted(node);
    };
  }

  /**
   * @param unavailable what each of them does
   */
  static String budget(List<String> unavailable, int limit) {
    var named = unavailable.stream().limit(MOST_NAMED).collect(Collectors.joining("; "));
    var more =
        unavailable.size() > MOST_NAMED
            ? " and %d more".formatted(unavailable.size() - MOST_NAMED)
            : "";
    return "at most %d may be out of service: %s%s".formatted(limit, named, more);
  }

  static String swapOverBudget(
      NodeName node, Optional<Long> budget, int together, int limit, Release target) {
    return ("node %s has RAM for one release only%s, so its %d instances must let go of the old one"
            + " together to get %s, but at most %d may be out of service: raise maxUnavailable to %d%s")
        .formatted(
            node,
            within(budget),
            together,
            target.ref(),
            limit,
            together,
            budget.isPresent() ? ", or the budget" : "");
  }

  /** That it is a channel's budget, in bytes, which is short of RAM. */
  public static String within(Optional<Long> budget) {
    return budget.map(" within the channel's budget of %d bytes"::formatted).orElse("");
  }

  static String ofFault(Fault fault) {
    return "%s (%s)".formatted(fault.detail(), fault.code());
  }

  private static String clause(Fault fault) {
    return ": " + ofFault(fault);
  }

  private static long percent(long part, long whole) {
    // As a ratio, since 100 × part overflows from 2⁵⁶ bytes.
    return whole == 0 ? 100 : (long) (100.0 * part / whole);
  }
}
