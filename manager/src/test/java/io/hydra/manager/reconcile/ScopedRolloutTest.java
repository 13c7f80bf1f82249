package io.hydra.manager.reconcile;

import static io.hydra.manager.reconcile.World.CHANNEL;
import static io.hydra.manager.reconcile.World.onDisk;
import static io.hydra.manager.reconcile.World.scope;
import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.model.ChannelSettings;
import io.hydra.model.InstanceId;
import io.hydra.model.NodeName;
import io.hydra.model.Promotion;
import io.hydra.model.Release;
import io.hydra.model.ReleaseRef;
import io.hydra.model.Scope;
import io.hydra.model.ScopeName;
import io.hydra.wire.InstanceOutlook;
import io.hydra.wire.RolloutPhase;
import io.hydra.wire.ScopeStatus;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two nodes in Europe, two in America, one of no region; an instance each, all on one release. */
class ScopedRolloutTest {
  private static final ScopeName EU = ScopeName.of("eu");
  private static final ScopeName US = ScopeName.of("us");

  private final World world = new World();
  private Release first;

  @BeforeEach
  void allServeTheFirstRelease() {
    inRegion("eu1", "eu");
    inRegion("eu2", "eu");
    inRegion("us1", "us");
    inRegion("us2", "us");
    inRegion("else", "none");
    first = publish(1);
    assertThat(world.within(60, () -> world.allOn(first))).isTrue();
  }

  private void inRegion(String name, String region) {
    world.instance("at-" + name, world.node(name));
    world.region(name, region);
  }

  private Release publish(int content) {
    return world.publish(onDisk("big", "big-" + content));
  }

  private boolean on(Release release, String... nodes) {
    return Stream.of(nodes).allMatch(node -> world.the("at-" + node).isOn(release.ref()));
  }

  private ScopeStatus status(ScopeName scope) {
    return world.status().scopes().stream()
        .filter(part -> part.name().equals(Optional.of(scope)))
        .findFirst()
        .orElseThrow();
  }

  private void arrive() {
    assertThat(world.within(100, () -> world.phase() == RolloutPhase.DONE)).isTrue();
  }

  @Test
  void aScopeWhosePromotionIsManualStaysUntilItsTurn() {
    world.scopes(scope("eu", "manual"));
    var second = publish(2);
    world.step();
    arrive();

    assertThat(on(second, "us1", "us2", "else")).isTrue();
    assertThat(on(first, "eu1", "eu2")).isTrue();
    assertThat(status(EU).rollout().phase()).isEqualTo(RolloutPhase.DONE);
    assertThat(status(EU).staged().orElseThrow().verified()).isEqualTo(2);

    world.channels.update(CHANNEL, c -> c.promoteIn(Optional.of(EU), Optional.empty()));
    world.step();
    arrive();
    assertThat(world.allOn(second)).isTrue();
    assertThat(world.status().scopes())
        .extracting(ScopeStatus::staged)
        .containsOnly(Optional.empty());
  }

  @Test
  void regionByRegionAReleaseGoesWhereItIsPromoted() {
    world.settings(
        s ->
            ChannelSettings.builder()
                .promotion(Promotion.MANUAL)
                .scopes(scope("eu", "immediate"), scope("us", "manual"))
                .build()
                .over(s));
    var second = publish(2);
    world.step();
    arrive();
    assertThat(on(second, "eu1", "eu2")).isTrue();
    assertThat(on(first, "us1", "us2", "else")).isTrue();

    world.channels.update(CHANNEL, c -> c.promote(Optional.empty()));
    world.step();
    arrive();
    assertThat(world.allOn(second)).isTrue();
  }

  @Test
  void aScopesQuorumCountsItsOwnNodes() {
    world.scopes(scope("eu", "verified(100%)"));
    world.node("us1").alive = false;
    var second = publish(2);
    world.step();

    assertThat(world.within(100, () -> on(second, "eu1", "eu2"))).isTrue();
  }

  @Test
  void aScopesPinHoldsItAndTheChannelsPinHoldsTheOthers() {
    world.scopes(scope("eu", "immediate"), scope("us", "immediate"));
    var second = publish(2);
    world.step();
    arrive();
    world.channels.update(CHANNEL, c -> c.pinTo(first.version(), Optional.of(EU)));
    world.step();
    arrive();
    assertThat(on(first, "eu1", "eu2")).isTrue();
    assertThat(on(second, "us1", "us2", "else")).isTrue();

    world.channels.update(CHANNEL, c -> c.pinTo(second.version(), Optional.empty()));
    var third = publish(3);
    world.step();
    arrive();
    assertThat(on(first, "eu1", "eu2")).isTrue();
    assertThat(on(second, "us1", "us2", "else")).isTrue();

    world.channels.update(CHANNEL, c -> c.unpin(Optional.of(EU)));
    world.step();
    arrive();
    assertThat(world.allOn(second)).isTrue();
    world.channels.update(CHANNEL, c -> c.unpin(Optional.empty()));
    world.step();
    arrive();
    assertThat(world.allOn(third)).isTrue();
  }

  @Test
  void whatFailsInOneScopeIsRejectedInAll() {
    world.scopes(scope("eu", "immediate"), scope("us", "manual"));
    var second = new ReleaseRef(2, world.draft(CHANNEL, onDisk("big", "big-2")).version());
    world.the("at-eu1").refuses.add(second);
    publish(2);
    world.step();
    arrive();

    assertThat(world.allOn(first)).isTrue();
    world
        .channel()
        .parts()
        .forEach(part -> assertThat(world.channel().seenFrom(part).isRejected(2)).isTrue());
    assertThat(status(US).staged()).isEmpty();
  }

  /** Its node may be at fault: what others serve, wherever they are, stays. */
  @Test
  void aNewInstanceOfAScopeTakesNoReleaseFromThoseWhoServeIt() {
    var second = publish(2);
    world.step();
    arrive();
    world.scopes(scope("ap", "immediate"));
    inRegion("ap1", "ap");
    world.the("at-ap1").refuses.add(first.ref());
    world.the("at-ap1").refuses.add(second.ref());
    world.steps(100);

    assertThat(world.channel().rejected()).isEmpty();
    assertThat(on(second, "eu1", "eu2", "us1", "us2", "else")).isTrue();
  }

  @Test
  void aPinThatFailsInOneScopeStopsThatOneOnly() {
    world.scopes(scope("eu", "immediate"), scope("us", "immediate"));
    var second = publish(2);
    world.the("at-eu1").refuses.add(second.ref());
    world.the("at-us1").refuses.clear();
    world.channels.update(CHANNEL, c -> c.pinTo(first.version(), Optional.empty()));
    world.channels.update(CHANNEL, c -> c.pinTo(second.version(), Optional.of(EU)));
    world.channels.update(CHANNEL, c -> c.pinTo(second.version(), Optional.of(US)));
    world.step();

    assertThat(world.within(100, () -> on(second, "us1", "us2"))).isTrue();
    world.steps(20);
    assertThat(on(first, "eu1", "eu2", "else")).isTrue();
    assertThat(world.channel().isRejected(2)).isFalse();
    assertThat(status(EU).rollout().phase()).isEqualTo(RolloutPhase.BLOCKED);
    assertThat(status(EU).rollout().reason()).contains("pinned release failed");
    assertThat(status(US).rollout().phase()).isEqualTo(RolloutPhase.DONE);
  }

  @Test
  void allScopesShareOneBudget() {
    world.scopes(scope("eu", "immediate"), scope("us", "immediate"));
    world.always(() -> assertThat(world.outByOrder(CHANNEL)).isLessThanOrEqualTo(1));
    var second = publish(2);
    world.step();
    arrive();

    assertThat(world.allOn(second)).isTrue();
  }

  @Test
  void aScopeWithoutAReleaseCostsTheOthersNothing() {
    world.channels.update(CHANNEL, c -> c.reject(1, "bad", world.clock.instant()));
    world.instances.values().forEach(instance -> instance.alive = false);
    world.scopes(scope("eu", "manual"));
    world.instances.clear();
    inRegion("eu3", "eu");
    inRegion("us3", "us");
    inRegion("us4", "us");
    var second = publish(2);
    world.step();

    assertThat(world.within(100, () -> on(second, "us3", "us4"))).isTrue();
    assertThat(world.the("at-eu3").serving).isEmpty();
    assertThat(status(EU).rollout().phase()).isEqualTo(RolloutPhase.EMPTY);
  }

  @Test
  void aNodeThatChangesItsLabelChangesItsRelease() {
    world.scopes(scope("eu", "manual"));
    var second = publish(2);
    world.step();
    arrive();
    world.region("eu1", "us");
    world.step();
    arrive();
    assertThat(on(second, "eu1")).isTrue();
    assertThat(on(first, "eu2")).isTrue();

    world.region("us1", "eu");
    world.step();
    arrive();
    assertThat(on(first, "us1", "eu2")).isTrue();
  }

  @Test
  void theFirstScopeThatMatchesHasTheNode() {
    world.scopes(
        new Scope(ScopeName.of("canary"), Map.of("region", "eu"), Optional.empty()),
        scope("eu", "manual"));
    var second = publish(2);
    world.step();
    arrive();

    assertThat(world.allOn(second)).isTrue();
  }

  @Test
  void withoutItsScopesAllFollowTheChannel() {
    world.scopes(scope("eu", "manual"));
    var second = publish(2);
    world.step();
    arrive();
    world.scopes();
    world.step();
    arrive();

    assertThat(world.allOn(second)).isTrue();
  }

  /** A manager that starts while Kubernetes does not answer must not take eu for elsewhere. */
  @Test
  void nobodyMovesBeforeItIsKnownWhichNodesAreInAScope() {
    world.scopes(scope("eu", "manual"));
    var second = publish(2);
    world.step();
    arrive();
    world.restartManagerThatIsNotTold();
    world.whereabouts.expect();
    world.steps(60);

    assertThat(on(first, "eu1", "eu2")).isTrue();
    assertThat(world.status().rollout().phase()).isNotEqualTo(RolloutPhase.ROLLING);
    assertThat(world.node("eu1").hasOnDisk(first.placed())).isTrue();
    assertThat(world.node("eu1").hasOnDisk(second.placed())).isTrue();

    world.tellRegions();
    world.whereabouts.complete();
    world.steps(10);
    assertThat(on(first, "eu1", "eu2")).isTrue();
    assertThat(on(second, "us1", "us2", "else")).isTrue();
    arrive();
  }

  @Test
  void theDataThatAScopeNeedsIsNeitherForgottenNorEvicted() {
    world.scopes(scope("eu", "manual"));
    world.settings(
        s ->
            new ChannelSettings(
                    s.versionScheme(),
                    Optional.of(1),
                    Optional.of(1),
                    s.maxUnavailable(),
                    s.nodeSelector(),
                    s.progressDeadline())
                .over(s));
    for (int i = 2; i < 8; i++) {
      publish(i);
      world.step();
      arrive();
    }

    assertThat(world.channel().release(1L)).isPresent();
    assertThat(on(first, "eu1", "eu2")).isTrue();
    assertThat(world.node("eu1").hasOnDisk(first.placed())).isTrue();
    assertThat(world.node("us1").hasOnDisk(first.placed())).isFalse();
  }

  @Test
  void explainTellsOfTheNodesOwnScope() {
    world.scopes(scope("eu", "manual"));
    var second = publish(2);
    world.step();
    arrive();

    var node =
        world
            .explainer()
            .explain(
                CHANNEL,
                Optional.of(second.version()),
                Optional.of(NodeName.of("eu1")),
                Optional.empty());
    assertThat(node.reasons())
        .anyMatch(reason -> reason.contains("scope eu's promotion is manual"));
    var instance =
        world
            .explainer()
            .explain(
                CHANNEL, Optional.empty(), Optional.empty(), Optional.of(InstanceId.of("at-eu1")));
    assertThat(instance.verdict()).contains("serves " + first.ref());
  }

  @Test
  void planTellsWhichScopesStay() {
    world.scopes(scope("eu", "manual"));
    var plan = world.foresight().of(world.channel(), world.draft(CHANNEL, onDisk("big", "big-2")));

    assertThat(plan.instances())
        .filteredOn(InstanceOutlook::reloads)
        .extracting(outlook -> outlook.node().value())
        .containsExactlyInAnyOrder("us1", "us2", "else");
    assertThat(plan.instances())
        .filteredOn(outlook -> !outlook.reloads())
        .extracting(InstanceOutlook::detail)
        .containsOnly("stays: the release is staged until it is promoted");
  }
}
