package io.hydra.manager.explain;

import static io.hydra.manager.reconcile.World.CHANNEL;
import static io.hydra.manager.reconcile.World.onDisk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.manager.reconcile.World;
import io.hydra.model.InstanceId;
import io.hydra.model.NodeName;
import io.hydra.model.Release;
import io.hydra.model.ReleaseVersion;
import io.hydra.wire.Explanation;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExplainerTest {
  private final World world = new World();
  private Release first;

  @BeforeEach
  void twoInstancesServeTheFirstRelease() {
    world.instance("a", world.node("n1"));
    world.instance("b", world.node("n2"));
    first = world.publish(onDisk("d", "d1"));
    world.step();
    assertThat(world.within(20, () -> world.allOn(first))).isTrue();
    world.steps(2);
  }

  private Explanation explain(
      Optional<Release> release, Optional<String> node, Optional<String> instance) {
    return world
        .explainer()
        .explain(
            CHANNEL,
            release.map(Release::version),
            node.map(NodeName::of),
            instance.map(InstanceId::of));
  }

  @Test
  void aServedReleaseIsSaidToBeServed() {
    assertThat(explain(Optional.empty(), Optional.empty(), Optional.of("a")).verdict())
        .isEqualTo("Instance a serves #1 2026-11-08T09-00-01.");
  }

  @Test
  void aReleaseOnItsWayIsExplainedByTheBytesThatItsNodeHas() {
    world.node("n1").alive = false;
    var second = world.publish(onDisk("d", "d2"));
    world.step();
    var told = explain(Optional.of(second), Optional.empty(), Optional.of("a"));

    assertThat(told.verdict()).contains("does not serve #2");
    assertThat(told.reasons().getFirst()).contains("node n1 has 0 of 100 bytes (0%)");
  }

  @Test
  void aRejectedReleaseIsExplainedByItsRejection() {
    var second = world.publish(onDisk("d", "d2"));
    world.channels.update(CHANNEL, c -> c.reject(2, "it was bad", world.clock.instant()));

    assertThat(explain(Optional.of(second), Optional.of("n1"), Optional.empty()).reasons())
        .first()
        .asString()
        .contains("was rejected", "it was bad");
  }

  @Test
  void aReleaseThatIsLoadedIsKeptForItsInstance() {
    world.publish(onDisk("d", "d2"));
    world.step();

    assertThat(explain(Optional.of(first), Optional.of("n1"), Optional.empty()).reasons())
        .contains(
            "it is the last good release there, to which instances return",
            "instance a has it loaded");
  }

  @Test
  void anOldReleaseIsKeptForAWayBack() {
    var second = world.publish(onDisk("d", "d2"));
    assertThat(world.within(20, () -> world.allOn(second))).isTrue();
    world.steps(2);

    assertThat(explain(Optional.of(first), Optional.of("n1"), Optional.empty()).reasons())
        .contains("the channel keeps dataset d there for a way back, as long as there is room")
        .doesNotContain("instance a has it loaded");
  }

  @Test
  void anOldReleaseIsExplainedByTheHead() {
    world.publish(onDisk("d", "d2"));

    assertThat(explain(Optional.of(first), Optional.empty(), Optional.empty()).reasons())
        .first()
        .asString()
        .contains("not the target", "#2");
  }

  @Test
  void anOldReleaseIsExplainedByThePin() {
    var second = world.publish(onDisk("d", "d2"));
    world.channels.update(CHANNEL, c -> c.pinTo(first.version(), Optional.empty()));

    assertThat(explain(Optional.of(second), Optional.empty(), Optional.empty()).reasons())
        .first()
        .asString()
        .contains("pinned to another release, #1");
  }

  @Test
  void whoWaitsForTheBudgetIsToldWhoIsOut() {
    world.publish(onDisk("d", "d2"));
    assertThat(world.within(20, () -> world.the("a").isOutByOrder())).isTrue();
    world.the("a").alive = false;
    world.steps(12);

    assertThat(explain(Optional.empty(), Optional.empty(), Optional.of("b")).reasons())
        .first()
        .asString()
        .contains("at most 1 may be out of service", "instance a on node n1 is lost since");
  }

  @Test
  void aLostInstanceIsSaidToBeLost() {
    world.the("a").alive = false;
    world.steps(12);

    assertThat(explain(Optional.empty(), Optional.empty(), Optional.of("a")).reasons())
        .first()
        .asString()
        .contains("instance a is lost since");
  }

  @Test
  void aNodeOrInstanceThatTakesNoPartIsSaidSo() {
    assertThat(explain(Optional.empty(), Optional.of("n9"), Optional.empty()).verdict())
        .contains("takes no part");
    assertThat(explain(Optional.empty(), Optional.empty(), Optional.of("z")).verdict())
        .contains("takes no part");
  }

  @Test
  void aManagerThatHasNotSettledSaysWhomItWaitsFor() {
    world.publish(onDisk("d", "d2"));
    world.the("a").alive = false;
    world.restartManager();
    world.step();

    assertThat(explain(Optional.empty(), Optional.empty(), Optional.of("b")).reasons())
        .first()
        .asString()
        .contains("just started", "instance a");
  }

  @Test
  void aVersionThatTheChannelNeverHadIsRefused() {
    assertThatThrownBy(
            () ->
                world
                    .explainer()
                    .explain(
                        CHANNEL,
                        Optional.of(ReleaseVersion.of("1999-01-01T00-00-00")),
                        Optional.empty(),
                        Optional.empty()))
        .isInstanceOfSatisfying(
            HydraException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNKNOWN_RELEASE));
  }
}
