package io.hydra.cli.follow;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.cli.Samples;
import io.hydra.model.NodeName;
import io.hydra.model.Promotion;
import io.hydra.model.ReleaseRef;
import io.hydra.model.ScopeName;
import io.hydra.wire.ChannelStatus;
import io.hydra.wire.Connection;
import io.hydra.wire.InstanceState;
import io.hydra.wire.InstanceView;
import io.hydra.wire.NodeProgress;
import io.hydra.wire.Rejection;
import io.hydra.wire.RolloutPhase;
import io.hydra.wire.RolloutView;
import io.hydra.wire.ScopeStatus;
import io.hydra.wire.StagedView;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VerdictTest {
  @Test
  void isDoneWhenEveryInstanceServesExactlyTheRelease() {
    assertThat(judge(Samples.done())).isEqualTo(new Verdict.Done(2, 1));
  }

  @Test
  void isPendingWhileOneServesAnother() {
    assertThat(judge(Samples.rolling()))
        .isEqualTo(
            new Verdict.Pending(
                List.of("instance searcher-2 serves #1 2026-11-01T09-00-00"),
                false,
                "searcher-2 moves to #2"));
  }

  @Test
  void anInstanceThatIsNotReadyIsWaitedFor() {
    assertThat(
            judge(
                rollingTo(
                    Samples.instance(
                        "a",
                        InstanceState.SERVING,
                        false,
                        Optional.of(Samples.SECOND),
                        Optional.empty()))))
        .isInstanceOfSatisfying(
            Verdict.Pending.class,
            pending -> assertThat(pending.missing()).containsExactly("instance a is not ready"));
  }

  @Test
  void aLostInstanceIsWaitedForAndNamed() {
    assertThat(judge(rollingTo(Samples.unheard("a", Connection.LOST))))
        .isInstanceOfSatisfying(
            Verdict.Pending.class,
            pending -> assertThat(pending.missing()).containsExactly("instance a is lost"));
  }

  @Test
  void anInstanceThatARestartedManagerHasNotHeardOfIsWaitedFor() {
    assertThat(judge(rollingTo(Samples.unheard("a", Connection.EXPECTED))))
        .isInstanceOf(Verdict.Pending.class);
  }

  @Test
  void withoutInstancesTheNodesCount() {
    var fetching =
        Samples.status(
            RolloutPhase.FETCHING,
            Optional.of(Samples.SECOND),
            "",
            List.of(Samples.progress("node-1", 1, 2)),
            List.of());

    assertThat(judge(fetching))
        .isInstanceOfSatisfying(
            Verdict.Pending.class,
            pending ->
                assertThat(pending.missing())
                    .containsExactly("node node-1 has not all of the data yet"));
  }

  @Test
  void aRejectedReleaseIsGivenUp() {
    var back = target(Samples.FIRST);

    assertThat(
            Verdict.of(
                Samples.SECOND,
                back,
                release -> Optional.of(new Rejection("it failed", Samples.NOON))))
        .isEqualTo(new Verdict.Rejected("it failed"));
  }

  @Test
  void aNewerTargetSupersedes() {
    assertThat(judge(target(Samples.THIRD))).isEqualTo(new Verdict.Superseded(Samples.THIRD));
  }

  @Test
  void anOlderTargetIsAManagerThatHasNotTurnedYet() {
    assertThat(judge(target(Samples.FIRST))).isInstanceOf(Verdict.Pending.class);
  }

  @Test
  void aReleaseThatIsStagedForAPersonIsNotWaitedFor() {
    assertThat(judge(Samples.THIRD, Samples.staged(Promotion.MANUAL)))
        .isEqualTo(new Verdict.Staged("release " + Samples.THIRD + " is staged"));
  }

  @Test
  void aReleaseThatIsStagedForItsNodesIsWaitedFor() {
    assertThat(judge(Samples.THIRD, Samples.staged(Promotion.parse("verified"))))
        .isInstanceOf(Verdict.Pending.class);
  }

  @Test
  void aPinToAnotherReleaseIsNotWaitedFor() {
    var status = target(Samples.FIRST);
    var pinned =
        new ChannelStatus(
            Samples.channel(Optional.of(Samples.SECOND), Optional.of(Samples.FIRST)),
            status.rollout(),
            Optional.empty(),
            List.of(),
            status.nodes(),
            status.instances());

    assertThat(judge(pinned)).isEqualTo(new Verdict.PinnedElsewhere(Samples.FIRST));
  }

  /** Node 1 is in the scope, node 2 is not. */
  private static ChannelStatus scoped(
      ReleaseRef inScope, Optional<Promotion> staging, InstanceView... instances) {
    var status = target(Samples.SECOND);
    var rollout = status.rollout();
    var eu = ScopeName.of("eu");
    return new ChannelStatus(
        status.channel(),
        rollout,
        Optional.empty(),
        List.of(
            new ScopeStatus(
                Optional.of(eu),
                new RolloutView(rollout.phase(), Optional.of(inScope), 1, 0, 1, ""),
                staging.map(
                    promotion ->
                        new StagedView(
                            Samples.SECOND, promotion, 1, 0, Optional.empty(), "staged"))),
            new ScopeStatus(Optional.empty(), rollout, Optional.empty())),
        List.of(
            new NodeProgress(
                new NodeName("node-1"),
                Connection.CONNECTED,
                true,
                1,
                1,
                Optional.empty(),
                Optional.of(eu))),
        List.of(instances));
  }

  @Test
  void aScopeThatStaysOnAnotherReleaseByChoiceIsNotWaitedFor() {
    var status =
        scoped(Samples.FIRST, Optional.of(Promotion.MANUAL), Samples.serving("a", Samples.FIRST));

    assertThat(judge(status)).isEqualTo(new Verdict.Done(0, 0));
  }

  @Test
  void aScopeThatIsToGetItByItselfIsWaitedFor() {
    var status =
        scoped(
            Samples.FIRST,
            Optional.of(Promotion.parse("verified")),
            Samples.serving("a", Samples.FIRST));

    assertThat(judge(status))
        .isInstanceOfSatisfying(
            Verdict.Pending.class,
            pending -> assertThat(pending.missing()).containsExactly("in scope eu it is staged"));
  }

  @Test
  void aScopeThatAimsAtItIsWaitedFor() {
    assertThat(
            judge(
                Samples.SECOND,
                scoped(Samples.SECOND, Optional.empty(), Samples.serving("a", Samples.FIRST))))
        .isInstanceOf(Verdict.Pending.class);
    assertThat(
            judge(scoped(Samples.SECOND, Optional.empty(), Samples.serving("a", Samples.SECOND))))
        .isEqualTo(new Verdict.Done(1, 1));
  }

  @Test
  void aBlockedRolloutIsPendingAndSaysSo() {
    var blocked =
        Samples.status(
            RolloutPhase.BLOCKED,
            Optional.of(Samples.SECOND),
            "no room",
            List.of(),
            List.of(Samples.serving("a", Samples.FIRST)));

    assertThat(judge(blocked))
        .isInstanceOfSatisfying(
            Verdict.Pending.class, pending -> assertThat(pending.blocked()).isTrue());
  }

  private static Verdict judge(ChannelStatus status) {
    return judge(Samples.SECOND, status);
  }

  private static Verdict judge(ReleaseRef awaited, ChannelStatus status) {
    return Verdict.of(awaited, status, release -> Optional.empty());
  }

  private static ChannelStatus rollingTo(InstanceView instance) {
    return Samples.status(
        RolloutPhase.ROLLING, Optional.of(Samples.SECOND), "", List.of(), List.of(instance));
  }

  private static ChannelStatus target(ReleaseRef release) {
    return Samples.status(RolloutPhase.ROLLING, Optional.of(release), "", List.of(), List.of());
  }
}
