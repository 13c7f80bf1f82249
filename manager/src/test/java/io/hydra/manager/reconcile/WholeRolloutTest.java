package io.hydra.manager.reconcile;

import static io.hydra.manager.reconcile.World.CHANNEL;
import static io.hydra.manager.reconcile.World.inRam;
import static io.hydra.manager.reconcile.World.onDisk;
import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.manager.channel.Channel;
import io.hydra.model.Budget;
import io.hydra.model.ChannelId;
import io.hydra.model.ChannelSettings;
import io.hydra.model.Digest;
import io.hydra.model.PlacedDataset;
import io.hydra.model.Release;
import io.hydra.wire.ClaimedContent;
import io.hydra.wire.InstanceState;
import io.hydra.wire.Rejection;
import io.hydra.wire.RolloutPhase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The tick, over whole rollouts of three nodes with three instances; one node has little RAM. */
class WholeRolloutTest {
  private final World world = new World();
  private Release first;

  @BeforeEach
  void threeNodesServeTheFirstRelease() {
    var wide = world.node("n1");
    var alsoWide = world.node("n2");
    var narrow = world.node("n3", Optional.of(60L));
    world.instance("a", wide);
    world.instance("b", alsoWide);
    world.instance("c", narrow);
    first =
        world.publish(onDisk("big", "big-1"), inRam("pos", "pos-1", 50), onDisk("same", "s", 5));
    world.step();
    assertThat(world.within(40, () -> world.phase() == RolloutPhase.DONE)).isTrue();
    world.always(this::noMoreIsOutThanAllowed);
    world.always(this::whatIsReadIsThere);
  }

  private void noMoreIsOutThanAllowed() {
    assertThat(world.outByOrder(CHANNEL)).isLessThanOrEqualTo(world.limit(CHANNEL));
  }

  private void whatIsReadIsThere() {
    for (var instance : world.instances.values()) {
      if (instance.alive && instance.readsItsData()) {
        List<PlacedDataset> datasets = instance.serving.orElseThrow().datasets();
        assertThat(instance.node.has(datasets))
            .as("%s reads %s", instance.id, instance.serving)
            .isTrue();
      }
    }
  }

  private Release publishSecond() {
    return world.publish(onDisk("big", "big-2"), inRam("pos", "pos-2", 50), onDisk("same", "s", 5));
  }

  @Test
  void aReleaseReachesEveryInstance() {
    var second = publishSecond();

    assertThat(world.within(60, () -> world.phase() == RolloutPhase.DONE)).isTrue();
    assertThat(world.allOn(second)).isTrue();
  }

  @Test
  void whatOrdersSayOfALiveReleaseIsThereOnce() {
    var live = world.nodes.values().stream().map(node -> node.desired().live().getFirst()).toList();

    assertThat(live).hasSize(3);
    assertThat(live)
        .allSatisfy(
            of -> {
              assertThat(of.datasets()).isSameAs(live.getFirst().datasets());
              assertThat(of.release()).isSameAs(live.getFirst().release());
            });
  }

  @Test
  void eachInstanceMovesOnce() {
    publishSecond();
    world.within(60, () -> world.phase() == RolloutPhase.DONE);

    // Once for the first release, once for the second.
    assertThat(world.instances.values()).allMatch(i -> i.moves == 2);
  }

  @Test
  void onlyTheNodeWithLittleRamHasItsInstanceLetGo() {
    publishSecond();
    world.within(60, () -> world.phase() == RolloutPhase.DONE);

    assertThat(world.instances.values())
        .allMatch(i -> i.letsGoEver == i.node.name.value().equals("n3"));
  }

  @Test
  void aBudgetOfRamForOneReleaseHasEachInstanceLetGoAndHoldsOnEachNode() {
    world.settings(
        s ->
            ChannelSettings.builder()
                .budget(new Budget(Optional.empty(), Optional.of(60L)))
                .build());
    var second = publishSecond();
    world.always(
        () ->
            assertThat(world.nodes.values())
                .allMatch(n -> n.ram.values().stream().mapToLong(Long::longValue).sum() <= 60));

    assertThat(world.within(90, () -> world.allOn(second))).isTrue();
    assertThat(world.instances.values()).allMatch(i -> i.letsGoEver);
  }

  @Test
  void nodesAreToldWhatCountsAgainstABudget() {
    var budget = new Budget(Optional.of(1000L), Optional.empty());
    world.settings(s -> ChannelSettings.builder().budget(budget).build());
    world.steps(3);

    assertThat(world.node("n1").desired().claims())
        .singleElement()
        .satisfies(
            claim -> {
              assertThat(claim.budget()).isEqualTo(budget);
              assertThat(claim.contents()).hasSize(3).allMatch(ClaimedContent::wanted);
            });
  }

  @Test
  void unchangedContentIsNotFetchedAgain() {
    publishSecond();
    world.within(60, () -> world.phase() == RolloutPhase.DONE);

    assertThat(world.nodes.values()).allMatch(n -> n.fetched == 5);
  }

  @Test
  void unchangedRamContentStaysInRam() {
    world.publish(onDisk("big", "big-2"), inRam("pos", "pos-1", 50), onDisk("same", "s", 5));

    world.always(() -> assertThat(world.nodes.values()).allMatch(n -> n.ram.containsValue(50L)));
    assertThat(world.within(60, () -> world.phase() == RolloutPhase.DONE)).isTrue();
    assertThat(world.the("c").letsGoEver).isFalse();
  }

  @Test
  void aDatasetThatMovesToRamIsPlacedFromItsDiskCopy() {
    var second =
        world.publish(onDisk("big", "big-1"), inRam("pos", "pos-1", 50), inRam("same", "s", 5));

    assertThat(world.within(60, () -> world.allOn(second))).isTrue();
    assertThat(world.nodes.values()).allMatch(n -> n.fetched == 3);
  }

  @Test
  void theNodeRetainsTheReleaseBefore() {
    publishSecond();
    world.within(60, () -> world.phase() == RolloutPhase.DONE);
    world.steps(30);

    assertThat(world.nodes.values()).allMatch(n -> n.hasOnDisk(first.placed()));
  }

  @Test
  void theThirdReleaseEvictsTheFirst() {
    publishSecond();
    world.within(60, () -> world.phase() == RolloutPhase.DONE);
    world.publish(onDisk("big", "big-3"), inRam("pos", "pos-3", 50));
    world.within(60, () -> world.phase() == RolloutPhase.DONE);
    world.steps(15);

    var evicted = first.placed().subList(0, 2);
    assertThat(world.nodes.values()).noneMatch(n -> n.disk.containsKey(evicted.get(0).digest()));
  }

  @Test
  void severalPublishesInARowRollToTheNewestOnly() {
    publishSecond();
    world.publish(onDisk("big", "big-3"));
    world.publish(onDisk("big", "big-4"));
    var last = world.publish(onDisk("big", "big-5"));

    assertThat(world.within(60, () -> world.allOn(last))).isTrue();
    assertThat(world.instances.values()).allMatch(i -> i.moves == 2);
  }

  @Test
  void aPublishInTheMiddleOfARolloutEndsOnTheNewest() {
    publishSecond();
    world.within(30, this::someoneMoves);
    var third = world.publish(onDisk("big", "big-3"), inRam("pos", "pos-3", 50));

    assertThat(world.within(100, () -> world.phase() == RolloutPhase.DONE)).isTrue();
    assertThat(world.allOn(third)).isTrue();
  }

  @Test
  void aRollbackInTheMiddleOfARolloutEndsWhereItBegan() {
    publishSecond();
    world.within(60, () -> world.the("a").isOn(world.channel().target().get().ref()));
    world.channels.update(CHANNEL, c -> c.rollback(Optional.empty(), world.clock.instant()));

    assertThat(world.within(100, () -> world.phase() == RolloutPhase.DONE)).isTrue();
    assertThat(world.allOn(first)).isTrue();
  }

  @Test
  void aRestartOfTheManagerHalfWayRepeatsNothing() {
    var second = publishSecond();
    for (int moment = 0; moment < 25; moment++) {
      world.steps(1);
      world.restartManager();
    }

    assertThat(world.within(100, () -> world.phase() == RolloutPhase.DONE)).isTrue();
    assertThat(world.allOn(second)).isTrue();
    assertThat(world.instances.values()).allMatch(i -> i.moves == 2);
  }

  @Test
  void aRestartWhileTheSwapIsUnderWayGoesOnWithIt() {
    var second = publishSecond();
    world.within(60, () -> world.the("c").released);
    world.restartManager();

    assertThat(world.within(60, () -> world.allOn(second))).isTrue();
    assertThat(world.the("c").moves).isEqualTo(2);
  }

  @Test
  void aRestartedManagerDoesNotWaitForAnAgentBeyondTheGrace() {
    world.node("n9");
    world.step();
    world.node("n9").alive = false;
    world.steps(12);
    world.restartManager();
    var second = publishSecond();
    world.steps(3);
    assertThat(world.phase()).isEqualTo(RolloutPhase.BLOCKED);
    assertThat(world.status().rollout().reason()).contains("node n9");

    assertThat(world.within(60, () -> world.allOn(second))).isTrue();
  }

  @Test
  void aFailedReloadRejectsTheReleaseAndEveryoneGoesBack() {
    var second = publishSecond();
    world.the("b").refuses.add(second.ref());

    assertThat(world.within(100, () -> world.channel().rejected().containsKey(2L))).isTrue();
    assertThat(world.within(100, () -> world.phase() == RolloutPhase.DONE)).isTrue();
    assertThat(world.allOn(first)).isTrue();
    assertThat(world.status().rollout().reason()).contains("instance b", "it does not load");
  }

  @Test
  void aFailedReloadOnTheNodeWithLittleRamGoesBackTooAndComesUpAgain() {
    var second = publishSecond();
    world.the("c").refuses.add(second.ref());

    assertThat(world.within(100, () -> world.channel().rejected().containsKey(2L))).isTrue();
    assertThat(world.within(100, () -> world.phase() == RolloutPhase.DONE)).isTrue();
    assertThat(world.allOn(first)).isTrue();
  }

  @Test
  void aReleaseThatWasTakenBackInIsTriedAgainDespiteTheOldFailure() {
    var second = publishSecond();
    world.the("a").refuses.add(second.ref());
    world.within(100, () -> world.channel().rejected().containsKey(2L));
    world.within(100, () -> world.phase() == RolloutPhase.DONE);
    world.the("a").refuses.clear();
    world.publish(onDisk("big", "big-3"));
    world.channels.update(
        CHANNEL, c -> c.rollback(Optional.of(second.version()), world.clock.instant()));

    assertThat(world.within(100, () -> world.allOn(second))).isTrue();
    assertThat(world.channel().rejected()).doesNotContainKey(2L);
  }

  @Test
  void whatTheManagerDecidesByItselfIsInTheAudit() {
    var lines = new ArrayList<String>();
    var handler =
        new Handler() {
          @Override
          public void publish(LogRecord line) {
            lines.add(line.getMessage());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    var audit = Logger.getLogger("hydra.audit");
    audit.addHandler(handler);
    try {
      var second = publishSecond();
      world.the("a").refuses.add(second.ref());
      world.within(100, () -> world.channel().rejected().containsKey(2L));
    } finally {
      audit.removeHandler(handler);
    }

    assertThat(lines)
        .singleElement()
        .asString()
        .contains("action=Channels.reject who=hydra", "release=2026-11-08T09-00-02")
        .containsPattern("before=\"head=2026-11-08T09-00-02 .*after=\"head=2026-11-08T09-00-01 ");
  }

  @Test
  void aPinnedReleaseThatFailsIsNotRejectedButStopsTheRollout() {
    var second = publishSecond();
    world.channels.update(CHANNEL, c -> c.pinTo(second.version(), Optional.empty()));
    world.the("a").refuses.add(second.ref());

    assertThat(
            world.within(
                60, () -> world.status().rollout().reason().contains("pinned release failed")))
        .isTrue();
    world.steps(30);
    assertThat(world.phase()).isEqualTo(RolloutPhase.BLOCKED);
    assertThat(world.the("a").isOn(first.ref())).isTrue();
    assertThat(world.the("a").moves).isEqualTo(2);
    assertThat(world.channel().rejected()).isEmpty();
  }

  @Test
  void anUnreadyInstanceRejectsTheReleaseAtTheProgressDeadline() {
    var second = publishSecond();
    world.within(40, () -> world.the("a").isOn(second.ref()) || someoneMoves());
    world.the("a").neverReady = true;
    world.steps(605);

    assertThat(world.channel().rejected()).containsKey(2L);
    assertThat(rejection(2)).contains("instance a", "600 s");
  }

  @Test
  void aNodeThatCannotFillItsRamAfterTheSwapIsNamedAndAtTheDeadlineEveryoneGoesBack() {
    var second = publishSecond();
    world.node("n3").unplaceable.add(digestOf(second, "pos"));

    assertThat(world.within(100, () -> world.phase() == RolloutPhase.BLOCKED)).isTrue();
    assertThat(world.status().rollout().reason()).contains("node n3", "no RAM");
    assertThat(world.within(700, () -> world.channel().rejected().containsKey(2L))).isTrue();
    assertThat(rejection(2)).contains("instance c", "600 s", "no RAM");
    assertThat(world.within(100, () -> world.phase() == RolloutPhase.DONE)).isTrue();
    assertThat(world.allOn(first)).isTrue();
  }

  private static Digest digestOf(Release release, String dataset) {
    return release.datasets().stream()
        .filter(d -> d.name().value().equals(dataset))
        .findFirst()
        .orElseThrow()
        .digest();
  }

  @Test
  void anInstanceThatIsLostWhileItMovesDoesNotRejectTheRelease() {
    publishSecond();
    world.within(40, this::someoneMoves);
    world.the("a").alive = false;
    world.steps(550);

    assertThat(world.channel().rejected()).isEmpty();
    assertThat(world.phase()).isEqualTo(RolloutPhase.BLOCKED);
    assertThat(world.status().rollout().reason()).contains("instance a", "lost since");
  }

  @Test
  void aLostInstanceIsForgottenInTheEndAndTheRolloutGoesOn() {
    var second = publishSecond();
    world.within(40, this::someoneMoves);
    world.the("a").alive = false;
    world.steps(700);

    assertThat(world.allOn(second)).isTrue();
    assertThat(world.phase()).isEqualTo(RolloutPhase.DONE);
  }

  @Test
  void aNodeWhoseLastInstanceWasForgottenKeepsTheLastGoodReleaseOnDiskForAnHour() {
    var node = world.node("n2");
    var gone = world.the("b");
    gone.alive = false;
    world.registrations.forgetInstance(gone.id);
    world.steps(60);
    world.restartManager();
    world.steps(1800);
    assertThat(node.hasOnDisk(first.placed())).isTrue();
    assertThat(node.live).containsEntry(CHANNEL, first.ref());

    world.steps(1900);

    assertThat(node.disk).isEmpty();
    assertThat(node.live).isEmpty();
  }

  @Test
  void anInstanceThatComesBackToItsNodeFindsItsDataThere() {
    var gone = world.the("b");
    gone.alive = false;
    world.registrations.forgetInstance(gone.id);
    world.steps(600);
    int fetched = world.node("n2").fetched;

    gone.crash();
    gone.alive = true;

    assertThat(world.within(30, () -> gone.isOn(first.ref()))).isTrue();
    assertThat(world.node("n2").fetched).isEqualTo(fetched);
  }

  @Test
  void aNodeWithoutInstancesIsBroughtNothingNew() {
    var gone = world.the("b");
    gone.alive = false;
    world.registrations.forgetInstance(gone.id);
    int fetched = world.node("n2").fetched;

    var second = publishSecond();

    assertThat(world.within(100, () -> world.allOn(second))).isTrue();
    assertThat(world.within(10, () -> world.phase() == RolloutPhase.DONE)).isTrue();
    assertThat(world.node("n2").fetched).isEqualTo(fetched);
  }

  @Test
  void anInstanceThatLosesItsProcessGetsItsReleaseAgain() {
    var lost = world.the("b");
    lost.state = InstanceState.WAITING;
    lost.serving = Optional.empty();

    assertThat(world.within(20, () -> world.allOn(first))).isTrue();
  }

  @Test
  void aNewInstanceServesTheLastGoodReleaseWhileItsNodeStillFetches() {
    world.node("n1").alive = false;
    var second = publishSecond();
    world.steps(2);
    var late = world.instance("d", world.node("n1"));

    assertThat(world.within(20, () -> late.isOn(first.ref()))).isTrue();
    world.node("n1").alive = true;
    assertThat(world.within(100, () -> world.allOn(second))).isTrue();
  }

  @Test
  void twoInstancesOnTheNodeWithLittleRamNeedABudgetOfTwo() {
    world.instance("d", world.node("n3"));
    world.within(30, () -> world.phase() == RolloutPhase.DONE);
    var second = publishSecond();
    world.steps(60);
    assertThat(world.phase()).isEqualTo(RolloutPhase.BLOCKED);
    assertThat(world.status().rollout().reason()).contains("node n3", "maxUnavailable to 2");

    world.maxUnavailable("2");
    assertThat(world.within(60, () -> world.allOn(second))).isTrue();
  }

  @Test
  void givenABudgetOfRamForOneRelease_whenFewerMayBeOutThanANodeHas_thenTheReasonNamesTheBudget() {
    world.instance("d", world.node("n1"));
    world.settings(
        s ->
            ChannelSettings.builder()
                .budget(new Budget(Optional.empty(), Optional.of(60L)))
                .build());
    world.within(30, () -> world.phase() == RolloutPhase.DONE);
    publishSecond();
    world.steps(60);

    assertThat(world.phase()).isEqualTo(RolloutPhase.BLOCKED);
    assertThat(world.status().rollout().reason())
        .contains(
            "node n1 has RAM for one release only within the channel's budget of 60 bytes",
            "raise maxUnavailable to 2, or the budget");
  }

  @Test
  void aReleaseThatIsTooLargeForTheNodesRamIsBlockedAndSaysByHowMuch() {
    world.publish(inRam("pos", "pos-2", 70));
    world.steps(60);

    assertThat(world.phase()).isEqualTo(RolloutPhase.BLOCKED);
    assertThat(world.status().rollout().reason()).contains("node n3", "70", "60");
    assertThat(world.the("c").isOn(first.ref())).isTrue();
  }

  @Test
  void aNodeWithoutRamRootBlocksARamDataset() {
    world.instance("d", world.node("n4", Optional.empty()));
    world.steps(30);

    assertThat(world.phase()).isEqualTo(RolloutPhase.BLOCKED);
    assertThat(world.status().rollout().reason()).contains("node n4 has no RAM root");
  }

  @Test
  void twoChannelsDoNotCountOnTheSameFreeRam() {
    var other = ChannelId.parse("prod/search/other");
    world.channels.create(Channel.create(other, ChannelSettings.DEFAULT));
    var node = world.node("n5", Optional.of(100L));
    world.instance("x", node);
    world.instance("y", node, other);
    world.publish(other, inRam("o", "o-1", 40));
    world.within(40, () -> node.ram.size() == 2);
    world.publish(other, inRam("o", "o-2", 10));
    var second = world.publish(inRam("pos", "pos-2", 50));
    world.always(() -> assertThat(node.report().datasets()).noneMatch(d -> d.fault().isPresent()));

    assertThat(world.within(100, () -> world.the("x").isOn(second.ref()))).isTrue();
    assertThat(world.within(100, () -> world.the("y").serving.get().ref().sequence() == 2))
        .isTrue();
  }

  @Test
  void contentThatTwoChannelsShareIsFetchedOnceAndInRamIfOneWantsIt() {
    var other = ChannelId.parse("prod/search/other");
    world.channels.create(Channel.create(other, ChannelSettings.DEFAULT));
    world.instance("y", world.node("n1"), other);
    world.publish(other, onDisk("pos", "pos-1"));

    assertThat(world.within(40, () -> world.the("y").state == InstanceState.SERVING)).isTrue();
    assertThat(world.node("n1").fetched).isEqualTo(3);
  }

  @Test
  void aNodeThatOnlyTheSelectorNamesHoldsTheDataAndItIsLiveThere() {
    var spare = world.node("spare");
    world.settings(
        s ->
            new ChannelSettings(
                s.versionScheme(),
                s.retainReleases(),
                s.retainOnNode(),
                s.maxUnavailable(),
                Optional.of(Map.of("rack", "a")),
                s.progressDeadline()));

    assertThat(world.within(40, () -> spare.has(first.placed()))).isTrue();
    world.steps(3);
    assertThat(spare.desired().live()).extracting(l -> l.release()).containsExactly(first.ref());
  }

  @Test
  void whileNothingChangesNoOrderChanges() {
    world.steps(15);
    long epoch = world.leadership.epoch();
    world.steps(60);

    assertThat(world.leadership.epoch()).isEqualTo(epoch);
  }

  @Test
  void aDeletedChannelLeavesItsDataWhereItIsLoaded() {
    world.channels.delete(CHANNEL, 0);
    world.steps(30);

    assertThat(world.nodes.values()).allMatch(n -> n.hasOnDisk(first.placed()));
  }

  private String rejection(long sequence) {
    return Optional.ofNullable(world.channel().rejected().get(sequence))
        .map(Rejection::reason)
        .orElse("none");
  }

  private boolean someoneMoves() {
    return world.instances.values().stream().anyMatch(SimulatedInstance::isOutByOrder);
  }
}
