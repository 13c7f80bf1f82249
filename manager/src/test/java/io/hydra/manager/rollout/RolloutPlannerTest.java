package io.hydra.manager.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.error.ErrorCode;
import io.hydra.manager.assign.Preparation;
import io.hydra.manager.channel.Channel;
import io.hydra.manager.reconcile.World;
import io.hydra.manager.rollout.RolloutAction.Grant;
import io.hydra.manager.rollout.RolloutAction.Hold;
import io.hydra.manager.rollout.RolloutAction.Reject;
import io.hydra.model.ChannelSettings;
import io.hydra.model.InstanceId;
import io.hydra.model.MaxUnavailable;
import io.hydra.model.NodeName;
import io.hydra.model.Release;
import io.hydra.model.ReleaseRef;
import io.hydra.model.ReleaseVersion;
import io.hydra.wire.Connection;
import io.hydra.wire.EndpointState;
import io.hydra.wire.Fault;
import io.hydra.wire.InstanceRegistration;
import io.hydra.wire.InstanceReport;
import io.hydra.wire.InstanceState;
import io.hydra.wire.InstanceView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RolloutPlannerTest {
  private static final Instant NOW = Instant.parse("2026-11-08T09:00:00Z");
  private static final Release OLD = release(1);
  private static final Release NEW = release(2);
  private static final Preparation READY = new Preparation.Ready();
  private static final Preparation SWAP = new Preparation.Swap(50, 10);
  private static final Preparation HALF = new Preparation.Fetching(40, 100, Optional.empty());

  private static Release release(long sequence) {
    return new Release(
        World.CHANNEL,
        sequence,
        ReleaseVersion.of("2026-11-08T09-00-0" + sequence),
        NOW,
        List.of(World.onDisk("d", "d" + sequence)));
  }

  private static Channel channel(String maxUnavailable) {
    var empty = Channel.create(World.CHANNEL, ChannelSettings.DEFAULT);
    var changes =
        new ChannelSettings(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(MaxUnavailable.parse(maxUnavailable)),
            Optional.empty(),
            Optional.empty());
    return empty.withSettings(changes).append(OLD, Optional.empty()).append(NEW, Optional.empty());
  }

  /** An instance on a release, ready, on a prepared node; each test says what differs. */
  private static final class Given {
    private final String id;
    private String node;
    private Connection connection = Connection.CONNECTED;
    private InstanceState state = InstanceState.SERVING;
    private boolean ready = true;
    private Optional<Release> serving;
    private Optional<Release> moving = Optional.empty();
    private boolean released;
    private Optional<Release> failed = Optional.empty();
    private long epoch = 9;
    private Optional<io.hydra.wire.Grant> granted = Optional.empty();
    private Optional<Attempt> attempt = Optional.empty();
    private Preparation preparation = READY;
    private boolean canFinish = true;
    private Optional<Release> fallback = Optional.empty();
    private Optional<Pod> pod = Optional.empty();

    private Given(String id, Release serving) {
      this.id = id;
      this.node = "n-" + id;
      this.serving = Optional.of(serving);
    }

    static Given serving(String id, Release release) {
      return new Given(id, release);
    }

    private Given state(InstanceState newState) {
      state = newState;
      ready = false;
      return this;
    }

    Given unready() {
      ready = false;
      return this;
    }

    Given waiting() {
      serving = Optional.empty();
      return state(InstanceState.WAITING);
    }

    Given on(String newNode, Preparation newPreparation) {
      node = newNode;
      preparation = newPreparation;
      return this;
    }

    Given moving(Release to) {
      moving = Optional.of(to);
      return state(InstanceState.DRAINING);
    }

    Given stuck() {
      released = true;
      canFinish = false;
      return this;
    }

    Given connection(Connection newConnection) {
      connection = newConnection;
      return this;
    }

    Given fallback(Release release) {
      fallback = Optional.of(release);
      return this;
    }

    /** Granted under epoch 5, with what was seen since. */
    Given granted(Release release, boolean stale, boolean moved, Duration spent) {
      granted = Optional.of(new io.hydra.wire.Grant(5, release.ref(), release.placed(), false));
      attempt = Optional.of(new Attempt(release.ref(), stale, moved, false, false, spent, NOW));
      return this;
    }

    Given failed(Release release) {
      failed = Optional.of(release);
      return this;
    }

    /** In a pod of these budgets. */
    Given in(Pod newPod) {
      pod = Optional.of(newPod);
      return this;
    }

    Given reportedEpoch(long newEpoch) {
      epoch = newEpoch;
      return this;
    }

    Member member() {
      var report =
          new InstanceReport(
              epoch,
              state,
              ready,
              serving.map(Release::ref),
              moving.map(Release::ref),
              released,
              Map.of(),
              failed.map(Release::ref),
              failed.map(f -> new Fault(ErrorCode.RELOAD_FAILED, "HTTP 500")));
      var view =
          new InstanceView(
              new InstanceRegistration(InstanceId.of(id), World.CHANNEL, NodeName.of(node)),
              connection,
              connection == Connection.EXPECTED ? Optional.empty() : Optional.of(NOW),
              connection == Connection.EXPECTED ? Optional.empty() : Optional.of(report),
              granted);
      return new Member(view, attempt, preparation, Connection.CONNECTED, canFinish, fallback, pod);
    }
  }

  private static RolloutPlan plan(Channel channel, Given... members) {
    return plan(channel, List.of(), members);
  }

  private static RolloutPlan plan(Channel channel, List<Pod> strays, Given... members) {
    var all = List.of(members).stream().map(Given::member).toList();
    return RolloutPlanner.plan(channel, all, Optional.empty(), allowance(channel, all, strays));
  }

  private static Allowance allowance(Channel channel, List<Member> members, List<Pod> strays) {
    return Allowance.of(
        channel.settings().maxUnavailable().orElseThrow(),
        List.of(new Fleet(channel.target().map(Release::ref), members)),
        strays);
  }

  private static List<String> grantedNew(RolloutPlan plan) {
    return plan.actions().stream()
        .filter(Grant.class::isInstance)
        .map(Grant.class::cast)
        .filter(grant -> grant.release().equals(NEW))
        .map(grant -> grant.instance().value())
        .toList();
  }

  private static String reason(RolloutPlan plan, String instance) {
    return plan.hold(InstanceId.of(instance)).map(Hold::reason).orElse("not held");
  }

  @Test
  void oneOfSeveralReadyInstancesMovesTheFirstById() {
    var plan =
        plan(
            channel("1"),
            Given.serving("a", OLD),
            Given.serving("b", OLD),
            Given.serving("c", OLD));

    assertThat(grantedNew(plan)).containsExactly("a");
  }

  @Test
  void twoMoveWhereTwoMay() {
    var plan =
        plan(
            channel("2"),
            Given.serving("a", OLD),
            Given.serving("b", OLD),
            Given.serving("c", OLD));

    assertThat(grantedNew(plan)).containsExactly("a", "b");
  }

  @Test
  void aPercentageNeverRoundsToNobody() {
    var plan = plan(channel("10%"), Given.serving("a", OLD), Given.serving("b", OLD));

    assertThat(grantedNew(plan)).containsExactly("a");
  }

  @Test
  void theUnreadyInstanceGoesFirstAndKeepsTheOthersFromMoving() {
    var plan = plan(channel("1"), Given.serving("a", OLD), Given.serving("b", OLD).unready());

    assertThat(grantedNew(plan)).containsExactly("b");
    assertThat(reason(plan, "a")).contains("at most 1", "instance b on node n-b is not ready");
  }

  @Test
  void theNextMovesOnlyWhenTheOneBeforeIsReadyOnTheTarget() {
    var plan = plan(channel("1"), Given.serving("a", NEW).unready(), Given.serving("b", OLD));

    assertThat(reason(plan, "b")).contains("instance a");
  }

  @Test
  void oneThatServesNothingMovesWhateverTheBudget() {
    var plan =
        plan(
            channel("1"),
            Given.serving("a", OLD).moving(NEW),
            Given.serving("b", OLD).waiting(),
            Given.serving("c", OLD));

    assertThat(grantedNew(plan)).containsExactly("a", "b");
  }

  @Test
  void nobodyMovesToANodeThatIsNotPrepared() {
    var plan = plan(channel("1"), Given.serving("a", OLD).on("n", HALF));

    assertThat(reason(plan, "a")).contains("node n has 40 of 100 bytes (40%)");
  }

  @Test
  void oneThatServesNothingGetsTheLastGoodReleaseMeanwhile() {
    var plan = plan(channel("1"), Given.serving("a", OLD).waiting().on("n", HALF).fallback(OLD));

    assertThat(plan.actions()).containsExactly(new Grant(InstanceId.of("a"), OLD, false));
  }

  @Test
  void aLostInstanceCountsAsOutAndIsNamed() {
    var plan =
        plan(
            channel("1"),
            Given.serving("a", OLD),
            Given.serving("b", OLD).connection(Connection.LOST));

    assertThat(reason(plan, "a")).contains("instance b on node n-b is lost since " + NOW);
  }

  @Test
  void aLostInstanceKeepsTheOrderItHas() {
    var plan = plan(channel("1"), Given.serving("a", OLD).connection(Connection.LOST));

    assertThat(plan.actions()).isEmpty();
  }

  @Test
  void oneThatMovesElsewhereFinishesFirst() {
    var third = release(3);
    var plan =
        plan(channel("1").append(third, Optional.empty()), Given.serving("a", OLD).moving(NEW));

    assertThat(plan.actions()).containsExactly(new Grant(InstanceId.of("a"), NEW, false));
  }

  @Test
  void oneThatCannotFinishTurnsToTheTarget() {
    var third = release(3);
    var plan =
        plan(
            channel("1").append(third, Optional.empty()),
            Given.serving("a", OLD).moving(NEW).stuck());

    assertThat(plan.actions()).containsExactly(new Grant(InstanceId.of("a"), third, false));
  }

  @Test
  void aMoveToTheTargetIsCalledOffWhenTheNodeLosesTheDataAndTheOldIsStillHeld() {
    var plan = plan(channel("1"), Given.serving("a", OLD).moving(NEW).on("n", HALF));

    assertThat(reason(plan, "a")).contains("node n has 40 of 100 bytes");
  }

  @Test
  void aMoveToTheTargetCountsAgainstTheBudgetAfterARestart() {
    var plan = plan(channel("1"), Given.serving("a", OLD), Given.serving("b", OLD).moving(NEW));

    assertThat(grantedNew(plan)).containsExactly("b");
  }

  @Test
  void aGrantThatWasNotTakenUpYetCountsAgainstTheBudget() {
    var plan =
        plan(
            channel("1"),
            Given.serving("a", OLD),
            Given.serving("b", OLD).granted(NEW, false, false, Duration.ZERO));

    assertThat(grantedNew(plan)).containsExactly("b");
  }

  @Test
  void aGrantOfTheTargetBeforeCountsAgainstTheBudgetUntilItIsSeenAnswered() {
    var plan =
        plan(
            channel("1").append(release(3), Optional.empty()),
            Given.serving("a", OLD),
            Given.serving("b", OLD).granted(NEW, false, false, Duration.ZERO));

    assertThat(plan.actions()).contains(new Grant(InstanceId.of("b"), release(3), false));
    assertThat(reason(plan, "a")).contains("at most 1", "instance b");
  }

  @Test
  void aGrantIsTakenBackWhenTheNodeLosesTheDataBeforeTheMove() {
    var plan =
        plan(
            channel("1"),
            Given.serving("a", OLD).granted(NEW, false, false, Duration.ZERO).on("n", HALF));

    assertThat(reason(plan, "a")).contains("node n has 40");
  }

  @Test
  void aFailedReloadRejectsTheTarget() {
    var plan =
        plan(
            channel("1"),
            Given.serving("a", OLD).granted(NEW, false, true, Duration.ZERO).failed(NEW));

    assertThat(plan.actions())
        .containsExactly(new Reject(NEW, "instance a on node n-a failed to load it: HTTP 500"));
  }

  @Test
  void aReleaseThatOthersServeIsNotRejectedForANewcomer() {
    var plan =
        plan(
            channel("1"),
            Given.serving("a", OLD).waiting().granted(NEW, false, true, Duration.ZERO).failed(NEW),
            Given.serving("b", NEW),
            Given.serving("c", NEW));

    assertThat(plan.rejection()).isEmpty();
  }

  @Test
  void anInstanceThatNeverBeginsToMoveRejectsNothing() {
    var plan =
        plan(
            channel("1"),
            Given.serving("a", OLD).granted(NEW, false, false, Duration.ofSeconds(601)),
            Given.serving("b", OLD));

    assertThat(plan.rejection()).isEmpty();
  }

  @Test
  void aFailureThatIsOlderThanTheGrantRejectsNothing() {
    var plan =
        plan(
            channel("1"),
            Given.serving("a", OLD).granted(NEW, true, false, Duration.ZERO).failed(NEW));

    assertThat(plan.rejection()).isEmpty();
  }

  @Test
  void aFailureReportedBeforeTheGrantWasTakenUpRejectsNothing() {
    var plan =
        plan(
            channel("1"),
            Given.serving("a", OLD)
                .granted(NEW, false, false, Duration.ZERO)
                .failed(NEW)
                .reportedEpoch(4));

    assertThat(plan.rejection()).isEmpty();
  }

  @Test
  void aFailureOfAnotherReleaseRejectsNothing() {
    var plan =
        plan(
            channel("1"),
            Given.serving("a", OLD).granted(NEW, false, false, Duration.ZERO).failed(OLD));

    assertThat(plan.rejection()).isEmpty();
  }

  @Test
  void thePassedDeadlineRejectsTheTargetAndNamesTheInstance() {
    var plan =
        plan(
            channel("1"),
            Given.serving("a", OLD).granted(NEW, false, true, Duration.ofSeconds(601)).moving(NEW));

    assertThat(plan.rejection().map(Reject::reason).orElse(""))
        .contains("instance a on node n-a", "600 s");
  }

  @Test
  void aPinnedReleaseThatFailsStopsTheRollout() {
    var plan =
        plan(
            channel("2").pinTo(NEW.version(), Optional.empty()),
            Given.serving("a", OLD).granted(NEW, false, true, Duration.ZERO).failed(NEW),
            Given.serving("b", OLD));

    assertThat(plan.actions()).allMatch(Hold.class::isInstance);
    assertThat(plan.pinFailure().map(PinFailure::release)).contains(NEW.ref());
  }

  @Test
  void anotherTargetForgetsThePinsFailure() {
    var failure = Optional.of(new PinFailure(new ReleaseRef(1, OLD.version()), "once"));
    var channel = channel("1").pinTo(NEW.version(), Optional.empty());
    var members = List.of(Given.serving("a", OLD).member());
    var plan =
        RolloutPlanner.plan(channel, members, failure, allowance(channel, members, List.of()));

    assertThat(grantedNew(plan)).containsExactly("a");
  }

  @Test
  void instancesThatShareScarceRamLetGoTogether() {
    var plan =
        plan(
            channel("2"),
            Given.serving("a", OLD).on("n", SWAP),
            Given.serving("b", OLD).on("n", SWAP),
            Given.serving("c", OLD));

    assertThat(plan.actions())
        .contains(
            new Grant(InstanceId.of("a"), NEW, true), new Grant(InstanceId.of("b"), NEW, true));
    assertThat(reason(plan, "c")).contains("at most 2");
  }

  @Test
  void instancesThatShareScarceRamDoNotLetGoWhereTheBudgetForbidsIt() {
    var plan =
        plan(
            channel("1"),
            Given.serving("a", OLD).on("n", SWAP),
            Given.serving("b", OLD).on("n", SWAP));

    assertThat(reason(plan, "a")).contains("its 2 instances", "raise maxUnavailable to 2");
    assertThat(grantedNew(plan)).isEmpty();
  }

  @Test
  void scarceRamThatALostInstanceHoldsIsWaitedFor() {
    var plan =
        plan(
            channel("2"),
            Given.serving("a", OLD).on("n", SWAP),
            Given.serving("b", OLD).on("n", SWAP).connection(Connection.LOST));

    assertThat(reason(plan, "a")).contains("RAM on node n is held", "instance b");
  }

  @Test
  void withoutAReleaseNobodyMoves() {
    var empty = Channel.create(World.CHANNEL, ChannelSettings.DEFAULT);

    assertThat(plan(empty, Given.serving("a", OLD)).actions()).allMatch(Hold.class::isInstance);
  }

  private static Pod pod(String name, boolean ready, boolean ending, DisruptionBudget... budgets) {
    return new Pod(
        "search",
        name,
        Optional.of(NodeName.of("n-" + name)),
        List.of(InstanceId.of(name)),
        ready,
        ending ? Optional.of(Instant.EPOCH) : Optional.empty(),
        EndpointState.UNKNOWN,
        Optional.of(List.of(budgets)));
  }

  private static DisruptionBudget budget(String name, int allowed, String... noted) {
    return new DisruptionBudget("search/" + name, allowed, 2, 2, 3, Set.of(noted));
  }

  @Test
  void aPodThatIsNotReadyCountsAgainstTheBudgetThoughNobodyRegisteredForIt() {
    var plan = plan(channel("1"), List.of(pod("new", false, false)), Given.serving("a", OLD));

    assertThat(grantedNew(plan)).isEmpty();
    assertThat(reason(plan, "a")).contains("pod search/new is not ready");
  }

  @Test
  void aPodThatIsBeingDeletedCountsThoughItsInstanceSaysReadyAndIsNotMoved() {
    var plan =
        plan(
            channel("1"),
            Given.serving("a", OLD).in(pod("a", true, true)),
            Given.serving("b", OLD).in(pod("b", true, false)));

    assertThat(grantedNew(plan)).isEmpty();
    assertThat(reason(plan, "a")).contains("being deleted");
    assertThat(reason(plan, "b")).contains("pod search/a is being deleted");
  }

  @Test
  void aReadyPodThatNobodyRegisteredForCostsNothing() {
    var plan = plan(channel("1"), List.of(pod("plain", true, false)), Given.serving("a", OLD));

    assertThat(grantedNew(plan)).containsExactly("a");
  }

  @Test
  void anInstanceWhosePodIsProtectedMovesOnlyOnceItsBudgetHasNotedIt() {
    var asked =
        plan(channel("1"), Given.serving("a", OLD).in(pod("a", true, false, budget("x", 1))));
    assertThat(grantedNew(asked)).isEmpty();
    assertThat(asked.disruptions().orElseThrow()).extracting(Pod::name).containsExactly("a");

    var noted =
        plan(channel("1"), Given.serving("a", OLD).in(pod("a", true, false, budget("x", 0, "a"))));
    assertThat(grantedNew(noted)).containsExactly("a");
    assertThat(noted.disruptions().orElseThrow()).extracting(Pod::name).containsExactly("a");
  }

  @Test
  void aBudgetThatAllowsNothingHoldsItsOwnPodsOnly() {
    var plan =
        plan(
            channel("1"),
            Given.serving("a", OLD).in(pod("a", true, false, budget("none", 0))),
            Given.serving("b", OLD).in(pod("b", true, false, budget("one", 0, "b"))));

    assertThat(grantedNew(plan)).containsExactly("b");
    assertThat(reason(plan, "a")).contains("PodDisruptionBudget search/none allows no disruption");
  }

  @Test
  void whoIsNotedAlreadyGoesBeforeWhoIsNot() {
    var plan =
        plan(
            channel("1"),
            Given.serving("a", OLD).in(pod("a", true, false, budget("x", 1, "b"))),
            Given.serving("b", OLD).in(pod("b", true, false, budget("x", 1, "b"))));

    assertThat(grantedNew(plan)).containsExactly("b");
    assertThat(plan.disruptions().orElseThrow()).extracting(Pod::name).containsExactly("b");
  }

  @Test
  void whoeverMovesStaysNoted() {
    var plan =
        plan(
            channel("1"),
            Given.serving("a", OLD)
                .moving(NEW)
                .granted(NEW, false, true, Duration.ZERO)
                .in(pod("a", false, false, budget("x", 0, "a"))));

    assertThat(plan.disruptions().orElseThrow()).extracting(Pod::name).containsExactly("a");
  }

  @Test
  void aFailureInAPodThatIsBeingDeletedSpeaksAgainstNothing() {
    var plan =
        plan(
            channel("1"),
            Given.serving("a", OLD)
                .granted(NEW, false, true, Duration.ofHours(1))
                .in(pod("a", true, true)));

    assertThat(plan.rejection()).isEmpty();
  }
}
