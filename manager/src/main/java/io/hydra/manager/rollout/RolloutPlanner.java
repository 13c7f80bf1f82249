package io.hydra.manager.rollout;

import io.hydra.manager.assign.Preparation;
import io.hydra.manager.channel.Channel;
import io.hydra.manager.rollout.RolloutAction.Grant;
import io.hydra.manager.rollout.RolloutAction.Hold;
import io.hydra.manager.rollout.RolloutAction.Reject;
import io.hydra.model.InstanceId;
import io.hydra.model.NodeName;
import io.hydra.model.Release;
import io.hydra.model.ReleaseRef;
import io.hydra.wire.Connection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Plans which instances of a channel move next. Pure: the same situation gives the same plan. */
public final class RolloutPlanner {
  private final Channel channel;
  private final List<Member> members;
  private final Optional<PinFailure> pinFailure;
  private final Allowance allowance;

  private RolloutPlanner(
      Channel channel, List<Member> members, Optional<PinFailure> pinFailure, Allowance allowance) {
    this.channel = channel;
    this.members = members;
    this.pinFailure = pinFailure;
    this.allowance = allowance;
  }

  /**
   * To be called only when the manager has settled.
   *
   * @param channel as those members see it
   * @param pinFailure what the last plan gave
   * @param allowance that the plan takes from
   */
  public static RolloutPlan plan(
      Channel channel, List<Member> members, Optional<PinFailure> pinFailure, Allowance allowance) {
    var target = channel.target();
    if (target.isEmpty()) {
      return withoutTarget(members);
    }
    var failure = Verdict.against(target.get(), channel, members, allowance.members());
    if (failure.isPresent() && channel.pin().isEmpty()) {
      return RolloutPlan.of(List.of(new Reject(target.get(), failure.get())));
    }
    var stop =
        failure
            .map(reason -> new PinFailure(target.get().ref(), reason))
            .or(() -> pinFailure)
            .filter(f -> channel.pin().isPresent() && f.release().equals(target.get().ref()));
    return new RolloutPlanner(channel, members, stop, allowance).towards(target.get());
  }

  private static RolloutPlan withoutTarget(List<Member> members) {
    var actions =
        members.stream()
            .filter(member -> !member.isGone())
            .<RolloutAction>map(member -> new Hold(member.id(), "the channel has no release"))
            .toList();
    return RolloutPlan.of(actions);
  }

  private RolloutPlan towards(Release target) {
    var actions = new TreeMap<InstanceId, RolloutAction>();
    var behind = new ArrayList<Member>();
    for (var member : members) {
      if (member.isGone()) {
        continue;
      }
      var action = withoutCost(member, target);
      action.ifPresent(a -> actions.put(member.id(), a));
      if (action.isEmpty()) {
        behind.add(member);
      }
    }
    behind.sort(
        Comparator.<Member, Boolean>comparing(m -> !m.isUnavailable(target.ref()))
            .thenComparing(m -> m.pod().filter(Pod::isNoted).isEmpty())
            .thenComparing(Member::id));
    move(behind, target).forEach(actions::put);
    return new RolloutPlan(
        List.copyOf(actions.values()), pinFailure, Optional.of(allowance.disruptions().wanted()));
  }

  /** Empty for a member that is to be moved within the budget. */
  private Optional<RolloutAction> withoutCost(Member member, Release target) {
    if (member.serves(target.ref())) {
      return Optional.of(new Grant(member.id(), target, false));
    }
    if (member.moving().isPresent()) {
      return Optional.of(goOn(member, member.moving().get(), target));
    }
    if (pinFailure.isPresent()) {
      return Optional.of(stayOff(member));
    }
    if (member.isEnding()) {
      return Optional.of(new Hold(member.id(), "its pod is being deleted"));
    }
    if (member.mayMoveTo(target.ref()) && mayStart(member)) {
      return Optional.of(
          new Grant(member.id(), target, member.preparation() instanceof Preparation.Swap));
    }
    if (member.servesNothing() && !letsGo(member)) {
      return Optional.of(first(member, target));
    }
    return Optional.empty();
  }

  private static boolean mayStart(Member member) {
    return switch (member.preparation()) {
      case Preparation.Ready _, Preparation.Swap _ -> true;
      // The RAM copies come because it has let go; taking the grant back would undo that.
      case Preparation.Placing _ -> member.released();
      case Preparation.Fetching _, Preparation.Impossible _, Preparation.Unheard _ -> false;
    };
  }

  /**
   * A member that moves elsewhere finishes first; unless it cannot get there, or takes too long.
   */
  private RolloutAction goOn(Member member, ReleaseRef moving, Release target) {
    if (moving.equals(target.ref())) {
      return finish(member, target);
    }
    boolean stuck = member.attempt().filter(a -> a.overdue(channel)).isPresent();
    var other = channel.release(moving).filter(release -> member.canFinish() && !stuck);
    return other
        .<RolloutAction>map(r -> new Grant(member.id(), r, alreadyLetsGo(member, moving)))
        .orElseGet(() -> turn(member, target));
  }

  /** Unless the data has gone meanwhile and it can still return to what it served. */
  private static RolloutAction finish(Member member, Release target) {
    if (!member.released() && !mayStart(member)) {
      return new Hold(member.id(), Reasons.notPrepared(member, target));
    }
    boolean letGo = alreadyLetsGo(member, target.ref()) || waitsForRam(member);
    return new Grant(member.id(), target, letGo);
  }

  /** Out of service already, it may as well come back with the target. */
  private RolloutAction turn(Member member, Release target) {
    if (pinFailure.isPresent()) {
      return stayOff(member);
    }
    boolean mayTurn =
        member.released()
            || member.preparation() instanceof Preparation.Ready
            || member.preparation() instanceof Preparation.Swap;
    return mayTurn
        ? new Grant(member.id(), target, waitsForRam(member))
        : new Hold(member.id(), Reasons.notPrepared(member, target));
  }

  private static boolean alreadyLetsGo(Member member, ReleaseRef release) {
    return member
        .granted()
        .filter(grant -> grant.release().equals(release))
        .filter(grant -> grant.letGo())
        .isPresent();
  }

  private static boolean waitsForRam(Member member) {
    return member.preparation() instanceof Preparation.Swap
        || (member.released() && !(member.preparation() instanceof Preparation.Ready));
  }

  private RolloutAction stayOff(Member member) {
    var reason = pinFailure.map(PinFailure::reason).orElse("");
    if (member.servesNothing() && member.fallback().isPresent()) {
      return new Grant(member.id(), member.fallback().get(), false);
    }
    return new Hold(member.id(), reason);
  }

  /** For an instance that serves nothing: the target, else what its node has, at once. */
  private static RolloutAction first(Member member, Release target) {
    if (member.preparation() instanceof Preparation.Ready) {
      return new Grant(member.id(), target, false);
    }
    return member
        .fallback()
        .<RolloutAction>map(release -> new Grant(member.id(), release, false))
        .orElseGet(() -> new Hold(member.id(), Reasons.notPrepared(member, target)));
  }

  /** Whether its node waits for it to let go of what it serves or served last. */
  private static boolean letsGo(Member member) {
    return member.preparation() instanceof Preparation.Swap && member.serving().isPresent();
  }

  private Map<InstanceId, RolloutAction> move(List<Member> behind, Release target) {
    var actions = new TreeMap<InstanceId, RolloutAction>();
    Set<NodeName> swapped = new HashSet<>();
    for (var member : behind) {
      if (member.preparation() instanceof Preparation.Swap) {
        if (swapped.add(member.node())) {
          var together =
              behind.stream().filter(other -> other.node().equals(member.node())).toList();
          actions.putAll(swap(together, target));
        }
      } else {
        actions.put(member.id(), moveOne(member, target));
      }
    }
    return actions;
  }

  private RolloutAction moveOne(Member member, Release target) {
    if (!(member.preparation() instanceof Preparation.Ready)) {
      return new Hold(member.id(), Reasons.notPrepared(member, target));
    }
    return take(List.of(member), target)
        .<RolloutAction>map(reason -> new Hold(member.id(), reason))
        .orElseGet(() -> new Grant(member.id(), target, false));
  }

  /** Takes what it costs from the channel's budget and the cluster's, or says why it may not. */
  private Optional<String> take(List<Member> together, Release target) {
    var disruptions = allowance.disruptions();
    var pods = together.stream().flatMap(m -> m.pod().stream()).toList();
    var obstacle = disruptions.obstacle(pods);
    if (obstacle.isPresent()) {
      return obstacle;
    }
    int cost = (int) together.stream().filter(m -> !m.isUnavailable(target.ref())).count();
    return allowance.budget().take(together.size(), cost)
        ? disruptions.take(pods)
        : Optional.of(allowance.exhausted());
  }

  /** Instances of one node that can only let go together. */
  private Map<InstanceId, RolloutAction> swap(List<Member> together, Release target) {
    var obstacle = obstacle(together, target);
    if (obstacle.isPresent()) {
      return holdAll(together, obstacle.get());
    }
    var refusal = take(together, target);
    if (refusal.isPresent()) {
      return holdAll(together, refusal.get());
    }
    return together.stream()
        .collect(Collectors.toMap(Member::id, m -> new Grant(m.id(), target, true)));
  }

  private Optional<String> obstacle(List<Member> together, Release target) {
    var first = together.getFirst();
    var swaps = new Swaps(allowance.budget().limit(), Map.of(first.node(), together.size()));
    var tooMany = swaps.obstacle(first.node(), first.preparation().budget(), target);
    if (tooMany.isPresent()) {
      return tooMany;
    }
    if (first.nodeConnection() != Connection.CONNECTED) {
      return Optional.of("the agent of node %s is not heard".formatted(first.node()));
    }
    return members.stream()
        .filter(m -> m.node().equals(first.node()) && !together.contains(m))
        .filter(m -> m.serving().isPresent() && !m.released())
        .filter(m -> m.isGone() || isMovingElsewhere(m, target))
        .map(m -> "RAM on node %s is held: %s".formatted(m.node(), m.describe()))
        .findFirst();
  }

  private static boolean isMovingElsewhere(Member member, Release target) {
    return member.moving().filter(m -> !m.equals(target.ref())).isPresent();
  }

  private static Map<InstanceId, RolloutAction> holdAll(List<Member> together, String reason) {
    return together.stream().collect(Collectors.toMap(Member::id, m -> new Hold(m.id(), reason)));
  }
}
