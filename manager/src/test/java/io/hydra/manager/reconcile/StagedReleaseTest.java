package io.hydra.manager.reconcile;

import static io.hydra.manager.reconcile.World.CHANNEL;
import static io.hydra.manager.reconcile.World.inRam;
import static io.hydra.manager.reconcile.World.onDisk;
import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.model.ChannelSettings;
import io.hydra.model.Promotion;
import io.hydra.model.Release;
import io.hydra.wire.Explanation;
import io.hydra.wire.RolloutPhase;
import io.hydra.wire.StagedView;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Releases that are brought to nodes before they are the head. Three nodes, an instance each. */
class StagedReleaseTest {
  private final World world = new World();
  private Release first;

  @BeforeEach
  void threeNodesServeTheFirstRelease() {
    world.instance("a", world.node("n1"));
    world.instance("b", world.node("n2"));
    world.instance("c", world.node("n3"));
    first = world.publish(onDisk("big", "big-1"), inRam("pos", "pos-1", 50));
    world.step();
    assertThat(world.within(40, () -> world.phase() == RolloutPhase.DONE)).isTrue();
  }

  private void promotion(String written) {
    world.settings(
        s -> ChannelSettings.builder().promotion(Promotion.parse(written)).build().over(s));
  }

  private Release publishSecond() {
    return world.publish(onDisk("big", "big-2"), inRam("pos", "pos-2", 50));
  }

  private boolean isVerifiedOn(String node, Release release) {
    return world.node(node).hasOnDisk(release.placed());
  }

  private boolean isVerifiedEverywhere(Release release) {
    return isVerifiedOn("n1", release)
        && isVerifiedOn("n2", release)
        && isVerifiedOn("n3", release);
  }

  private StagedView staged() {
    return world.status().staged().orElseThrow();
  }

  @Test
  void withManualPromotionNodesHaveTheReleaseAndInstancesStayWhereTheyAre() {
    promotion("manual");
    var second = publishSecond();

    assertThat(world.within(20, () -> isVerifiedEverywhere(second))).isTrue();
    world.steps(20);

    assertThat(world.allOn(first)).isTrue();
    assertThat(world.phase()).isEqualTo(RolloutPhase.DONE);
    assertThat(staged().verified()).isEqualTo(3);
    assertThat(staged().reason()).contains("verified on 3 of 3 nodes", "hydra promote");
    // RAM is for what is used.
    assertThat(world.node("n1").ram).hasSize(1);

    world.channels.update(CHANNEL, c -> c.promote(Optional.empty()));
    assertThat(world.within(60, () -> world.phase() == RolloutPhase.DONE)).isTrue();
    assertThat(world.allOn(second)).isTrue();
    assertThat(world.status().staged()).isEmpty();
  }

  @Test
  void whatInstancesCouldGoBackToStaysBesideWhatIsStaged() {
    var second = publishSecond();
    world.step();
    assertThat(world.within(60, () -> world.allOn(second))).isTrue();
    promotion("manual");
    var third = world.publish(onDisk("big", "big-3"));

    assertThat(world.within(20, () -> isVerifiedEverywhere(third))).isTrue();
    world.steps(3);

    assertThat(isVerifiedEverywhere(first)).isTrue();
  }

  @Test
  void withAQuorumTheReleaseIsTheHeadOnceEnoughNodesHaveIt() {
    promotion("verified(2)");
    world.node("n2").alive = false;
    world.node("n3").alive = false;
    var second = publishSecond();

    assertThat(world.within(20, () -> isVerifiedOn("n1", second))).isTrue();
    world.steps(20);
    assertThat(world.channel().head()).contains(first.sequence());
    assertThat(staged().needed()).contains(2);
    assertThat(staged().reason()).contains("verified on 1 of 3 nodes", "once it is verified on 2");

    world.node("n2").alive = true;
    assertThat(world.within(20, () -> world.channel().head().equals(Optional.of(2L)))).isTrue();
    assertThat(isVerifiedOn("n2", second)).isTrue();
    world.node("n3").alive = true;
    assertThat(world.within(60, () -> world.allOn(second))).isTrue();
  }

  @Test
  void aNodeThatIsLostDoesNotCountAsVerified() {
    promotion("manual");
    var second = publishSecond();
    assertThat(world.within(20, () -> isVerifiedEverywhere(second))).isTrue();
    world.steps(2);
    world.node("n3").alive = false;
    world.steps(15);

    promotion("verified(100%)");
    world.steps(5);

    assertThat(world.channel().head()).contains(1L);
    assertThat(staged().verified()).isEqualTo(2);
  }

  @Test
  void ofSeveralPublishesTheNewestIsBroughtAndPromoted() {
    promotion("verified");
    var second = publishSecond();
    var third = world.publish(onDisk("big", "big-3"), inRam("pos", "pos-3", 50));
    world.step();

    assertThat(world.within(60, () -> world.allOn(third))).isTrue();
    assertThat(world.nodes.values()).noneMatch(node -> node.hasOnDisk(second.placed()));
    assertThat(world.channel().heads().own().neverHead()).containsExactly(second.sequence());
  }

  @Test
  void aNewLeaderPromotesOnlyWhatItHasHeardToBeVerified() {
    promotion("verified");
    var second = publishSecond();
    world.node("n3").alive = false;
    assertThat(world.within(20, () -> isVerifiedOn("n1", second) && isVerifiedOn("n2", second)))
        .isTrue();

    world.restartManager();
    world.steps(30);
    assertThat(world.channel().head()).contains(first.sequence());

    world.node("n3").alive = true;
    assertThat(world.within(60, () -> world.allOn(second))).isTrue();
  }

  @Test
  void aReleaseThatFailsAfterItsPromotionGoesBackToWhatWasTheHead() {
    promotion("manual");
    var second = publishSecond();
    var third = world.publish(onDisk("big", "big-3"), inRam("pos", "pos-3", 50));
    world.the("a").refuses.add(third.ref());
    world.channels.update(CHANNEL, c -> c.promote(Optional.empty()));

    assertThat(world.within(60, () -> world.channel().rejected().containsKey(third.sequence())))
        .isTrue();
    assertThat(world.within(60, () -> world.phase() == RolloutPhase.DONE)).isTrue();

    assertThat(world.allOn(first)).isTrue();
    assertThat(staged().release()).isEqualTo(second.ref());
  }

  @Test
  void whenPromotionIsImmediateAgainWhatIsStagedIsPromoted() {
    promotion("manual");
    var second = publishSecond();
    world.steps(5);

    promotion("immediate");

    assertThat(world.within(60, () -> world.allOn(second))).isTrue();
  }

  @Test
  void anInstanceThatComesNewServesTheHead() {
    promotion("manual");
    var second = publishSecond();
    assertThat(world.within(20, () -> isVerifiedEverywhere(second))).isTrue();

    world.instance("d", world.node("n4"));

    assertThat(world.within(40, () -> world.allOn(first) && world.phase() == RolloutPhase.DONE))
        .isTrue();
    assertThat(world.within(20, () -> isVerifiedOn("n4", second))).isTrue();
  }

  @Test
  void anExplanationSaysWhatAStagedReleaseWaitsFor() {
    promotion("verified");
    world.node("n3").alive = false;
    var second = publishSecond();
    assertThat(world.within(20, () -> isVerifiedOn("n1", second) && isVerifiedOn("n2", second)))
        .isTrue();
    world.step();

    assertThat(explain(second).reasons())
        .anyMatch(reason -> reason.contains("is staged and not the head yet"))
        .anyMatch(reason -> reason.contains("verified on 2 of 3 nodes"))
        .anyMatch(reason -> reason.contains("node n3 has 0 of 150 bytes"));
  }

  private Explanation explain(Release release) {
    return world
        .explainer()
        .explain(CHANNEL, Optional.of(release.version()), Optional.empty(), Optional.empty());
  }
}
