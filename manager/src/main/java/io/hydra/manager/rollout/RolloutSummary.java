package io.hydra.manager.rollout;

import io.hydra.manager.assign.Preparation;
import io.hydra.manager.channel.Channel;
import io.hydra.model.InstanceId;
import io.hydra.model.NodeName;
import io.hydra.model.Release;
import io.hydra.model.ScopeName;
import io.hydra.wire.RolloutPhase;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * How far a rollout is, in words.
 *
 * @param reason one sentence: what it waits for, or what was decided last
 */
public record RolloutSummary(RolloutPhase phase, String reason) {

  /** Which phase of several parts is told of: where something happens, then what keeps it. */
  private static final List<RolloutPhase> FOREMOST =
      List.of(
          RolloutPhase.ROLLING,
          RolloutPhase.BLOCKED,
          RolloutPhase.FETCHING,
          RolloutPhase.EMPTY,
          RolloutPhase.DONE);

  /**
   * Of a channel with several parts.
   *
   * @param parts at least one; that of no scope has no name
   */
  public static RolloutSummary of(Map<Optional<ScopeName>, RolloutSummary> parts) {
    if (parts.keySet().equals(Set.of(Optional.<ScopeName>empty()))) {
      return parts.values().iterator().next();
    }
    var phase =
        FOREMOST.stream()
            .filter(p -> parts.values().stream().anyMatch(part -> part.phase() == p))
            .findFirst()
            .orElse(RolloutPhase.EMPTY);
    var reasons =
        parts.entrySet().stream()
            .filter(part -> part.getValue().phase() == phase)
            .map(
                part ->
                    part.getKey().map("in scope %s, "::formatted).orElse("in no scope, ")
                        + part.getValue().reason());
    return new RolloutSummary(phase, reasons.collect(Collectors.joining("; ")));
  }

  /**
   * @param unsettled what the manager waits for before it grants anything; empty when settled
   * @param preparations of every node that takes part
   */
  public static RolloutSummary of(
      Channel channel,
      List<Member> members,
      SortedMap<NodeName, Preparation> preparations,
      RolloutPlan plan,
      Optional<Staging> staging,
      Optional<String> unsettled) {
    return channel
        .target()
        .map(target -> towards(target, members, preparations, plan, unsettled))
        .orElseGet(
            () ->
                new RolloutSummary(RolloutPhase.EMPTY, "there is no release to be on")
                    .mentioning(staging.map(Staging::reason)))
        .mentioning(rejectedAfterTarget(channel));
  }

  private static RolloutSummary towards(
      Release target,
      List<Member> members,
      SortedMap<NodeName, Preparation> preparations,
      RolloutPlan plan,
      Optional<String> unsettled) {
    if (members.isEmpty()) {
      return ofNodes(target, preparations);
    }
    long done = members.stream().filter(m -> isDone(m, target)).count();
    if (done == members.size()) {
      return new RolloutSummary(
          RolloutPhase.DONE, "all %d instances serve %s".formatted(done, target.ref()));
    }
    if (unsettled.isPresent()) {
      return new RolloutSummary(RolloutPhase.BLOCKED, unsettled.get());
    }
    var progress = "%d of %d instances serve %s".formatted(done, members.size(), target.ref());
    return rolling(target, members, plan)
        .map(doing -> new RolloutSummary(RolloutPhase.ROLLING, progress + "; " + doing))
        .orElseGet(() -> standing(target, members, plan).after(progress));
  }

  private static boolean isDone(Member member, Release target) {
    return !member.isGone() && member.serves(target.ref()) && member.servesTraffic();
  }

  private static RolloutSummary ofNodes(
      Release target, SortedMap<NodeName, Preparation> preparations) {
    return preparations.entrySet().stream()
        .filter(e -> !(e.getValue() instanceof Preparation.Ready))
        .findFirst()
        .map(e -> ofNode(target, e))
        .orElseGet(
            () ->
                new RolloutSummary(
                    RolloutPhase.DONE,
                    "no instance is registered; all %d nodes have %s"
                        .formatted(preparations.size(), target.ref())));
  }

  private static RolloutSummary ofNode(Release target, Map.Entry<NodeName, Preparation> entry) {
    var reason = Reasons.notPrepared("node " + entry.getKey(), entry.getValue(), target);
    return new RolloutSummary(
        isOnItsWay(entry.getValue()) ? RolloutPhase.FETCHING : RolloutPhase.BLOCKED, reason);
  }

  private static Optional<String> rolling(Release target, List<Member> members, RolloutPlan plan) {
    var granted = granted(plan, target);
    return members.stream()
        .filter(m -> !m.isGone() && !isDone(m, target))
        .filter(m -> isOnTheMove(m, target, granted))
        .map(Member::describe)
        .findFirst();
  }

  private static boolean isOnTheMove(Member member, Release target, Set<InstanceId> granted) {
    if (member.isUnreachable()) {
      return false;
    }
    if (member.moving().isPresent()) {
      return !isStuck(member, target);
    }
    if (member.report().flatMap(r -> r.failed()).filter(target.ref()::equals).isPresent()) {
      return false;
    }
    return member.serves(target.ref())
        ? member.attempt().filter(a -> !a.reached()).isPresent()
        : granted.contains(member.id());
  }

  /** It has let go of what it had, and its node cannot bring what it is to have. */
  private static boolean isStuck(Member member, Release target) {
    return member.released()
        && member.moving().filter(target.ref()::equals).isPresent()
        && !isOnItsWay(member.preparation())
        && !(member.preparation() instanceof Preparation.Ready);
  }

  private static Set<InstanceId> granted(RolloutPlan plan, Release target) {
    return plan.actions().stream()
        .filter(RolloutAction.Grant.class::isInstance)
        .map(RolloutAction.Grant.class::cast)
        .filter(grant -> grant.release().equals(target))
        .map(RolloutAction.Grant::instance)
        .collect(Collectors.toSet());
  }

  /** Nothing moves. */
  private static RolloutSummary standing(Release target, List<Member> members, RolloutPlan plan) {
    if (plan.pinFailure().isPresent()) {
      return new RolloutSummary(
          RolloutPhase.BLOCKED,
          "the pinned release failed and nobody else is moved to it: "
              + plan.pinFailure().get().reason());
    }
    var waiting = members.stream().filter(m -> !isDone(m, target)).toList();
    // One that serves waits for a reason that tells of the others too.
    var stopped =
        waiting.stream()
            .filter(m -> !isOnItsWay(m.preparation()))
            .min(Comparator.comparing(m -> !m.servesTraffic()));
    var first = stopped.orElse(waiting.getFirst());
    return new RolloutSummary(
        stopped.isPresent() ? RolloutPhase.BLOCKED : RolloutPhase.FETCHING,
        reason(first, target, plan));
  }

  private static String reason(Member member, Release target, RolloutPlan plan) {
    if (member.isGone()) {
      return member.describe();
    }
    return plan.hold(member.id())
        .map(hold -> "instance %s waits: %s".formatted(member.id(), hold.reason()))
        .orElseGet(
            () ->
                member.preparation() instanceof Preparation.Ready
                    ? member.describe()
                    : Reasons.notPrepared("node " + member.node(), member.preparation(), target));
  }

  private static boolean isOnItsWay(Preparation preparation) {
    return switch (preparation) {
      case Preparation.Fetching(long _, long _, var fault) -> fault.isEmpty();
      case Preparation.Placing(var fault) -> fault.isEmpty();
      case Preparation.Unheard _ -> true;
      case Preparation.Ready _, Preparation.Swap _, Preparation.Impossible _ -> false;
    };
  }

  private static Optional<String> rejectedAfterTarget(Channel channel) {
    long target = channel.target().map(Release::sequence).orElse(0L);
    return channel
        .newest()
        .filter(release -> release.sequence() > target)
        .flatMap(
            release ->
                Optional.ofNullable(channel.rejected().get(release.sequence()))
                    .map(r -> "release %s was rejected: %s".formatted(release.ref(), r.reason())));
  }

  private RolloutSummary after(String progress) {
    return new RolloutSummary(phase, progress + "; " + reason);
  }

  private RolloutSummary mentioning(Optional<String> more) {
    return more.map(text -> new RolloutSummary(phase, reason + "; " + text)).orElse(this);
  }
}
