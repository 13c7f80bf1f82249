package io.hydra.manager.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.error.ErrorCode;
import io.hydra.manager.assign.Preparation;
import io.hydra.manager.channel.Channel;
import io.hydra.manager.reconcile.World;
import io.hydra.model.ChannelSettings;
import io.hydra.model.InstanceId;
import io.hydra.model.MaxUnavailable;
import io.hydra.model.NodeName;
import io.hydra.model.Release;
import io.hydra.model.ReleaseVersion;
import io.hydra.wire.Connection;
import io.hydra.wire.Fault;
import io.hydra.wire.Grant;
import io.hydra.wire.InstanceRegistration;
import io.hydra.wire.InstanceReport;
import io.hydra.wire.InstanceState;
import io.hydra.wire.InstanceView;
import io.hydra.wire.RolloutPhase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** An instance that was granted the release, and whose application crashes again and again. */
class RolloutSummaryTest {
  private static final Instant NOW = Instant.parse("2026-11-08T09:00:00Z");
  private static final Duration SOON = Duration.ofSeconds(5);
  private static final Duration LATE = Duration.ofSeconds(31);
  private static final Optional<Fault> AWAY =
      Optional.of(new Fault(ErrorCode.APPLICATION_UNREACHABLE, "waits for the application"));
  private static final Release RELEASE =
      new Release(
          World.CHANNEL,
          1,
          ReleaseVersion.of("2026-11-08T09-00-01"),
          NOW,
          List.of(World.onDisk("d", "d1")));
  private static final Channel CHANNEL =
      Channel.create(World.CHANNEL, ChannelSettings.DEFAULT).append(RELEASE, Optional.empty());

  private enum Doing {
    MOVES,
    SERVES,
    WAITS
  }

  private static RolloutSummary summary(Doing doing, Duration spent, Optional<Fault> fault) {
    var member = member(doing, spent, fault);
    var plan =
        RolloutPlanner.plan(
            CHANNEL,
            List.of(member),
            Optional.empty(),
            Allowance.of(
                MaxUnavailable.ONE,
                List.of(new Fleet(Optional.of(RELEASE.ref()), List.of(member))),
                List.of()));
    return RolloutSummary.of(
        CHANNEL, List.of(member), new TreeMap<>(), plan, Optional.empty(), Optional.empty());
  }

  private static Member member(Doing doing, Duration spent, Optional<Fault> fault) {
    var release = Optional.of(RELEASE.ref());
    var report =
        new InstanceReport(
            9,
            switch (doing) {
              case MOVES -> InstanceState.RELOADING;
              case SERVES -> InstanceState.SERVING;
              case WAITS -> InstanceState.WAITING;
            },
            false,
            doing == Doing.SERVES ? release : Optional.empty(),
            doing == Doing.MOVES ? release : Optional.empty(),
            doing == Doing.MOVES,
            Map.of(),
            Optional.empty(),
            fault);
    return new Member(
        new InstanceView(
            new InstanceRegistration(InstanceId.of("a"), World.CHANNEL, NodeName.of("n")),
            Connection.CONNECTED,
            Optional.of(NOW),
            Optional.of(report),
            Optional.of(new Grant(5, RELEASE.ref(), RELEASE.placed(), false))),
        Optional.of(new Attempt(RELEASE.ref(), false, true, false, false, spent, NOW)),
        new Preparation.Ready(),
        Connection.CONNECTED,
        true,
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void givenAnApplicationThatIsAwayForLong_thenTheRolloutIsBlockedAndSaysWhy() {
    for (var doing : Doing.values()) {
      var summary = summary(doing, LATE, AWAY);

      assertThat(summary.phase()).as("%s", doing).isEqualTo(RolloutPhase.BLOCKED);
      assertThat(summary.reason())
          .contains("instance a on node n", "waits for the application (APPLICATION_UNREACHABLE)");
    }
  }

  @Test
  void givenAnApplicationThatIsAwayWhileItReloads_thenTheRolloutGoesOn() {
    for (var doing : Doing.values()) {
      assertThat(summary(doing, SOON, AWAY).phase())
          .as("%s", doing)
          .isEqualTo(RolloutPhase.ROLLING);
    }
  }

  @Test
  void givenAReloadThatTakesLong_thenTheRolloutGoesOn() {
    for (var doing : Doing.values()) {
      assertThat(summary(doing, LATE, Optional.empty()).phase())
          .as("%s", doing)
          .isEqualTo(RolloutPhase.ROLLING);
    }
  }
}
