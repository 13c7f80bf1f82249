package io.hydra.manager.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.manager.channel.Channel;
import io.hydra.model.ChannelId;
import io.hydra.model.ChannelSettings;
import io.hydra.model.Digest;
import io.hydra.model.InstanceId;
import io.hydra.model.NodeName;
import io.hydra.wire.DesiredDataset;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Consumers of whom somebody else told before they registered, or when they had ended. */
class ExpectedConsumersTest {
  private static final ChannelId LATE = ChannelId.parse("prod/search/late");

  private final World world = new World();
  private final SimulatedNode n1 = world.node("n1");

  private List<Digest> wanted() {
    return world.board.awaitNode(n1.name, 0, Duration.ZERO).datasets().stream()
        .map(DesiredDataset::digest)
        .toList();
  }

  @Test
  void givenAConsumerThatIsExpected_thenItsNodeBringsTheDataBeforeItRegisters() {
    var release = world.publish(World.onDisk("index", "one"));
    world.steps(20);
    assertThat(wanted()).isEmpty();

    world.whereabouts.put(World.CHANNEL, Set.of(n1.name));
    world.step();

    assertThat(wanted()).containsExactly(release.datasets().getFirst().digest());
    assertThat(world.status().nodes()).extracting(node -> node.node()).containsExactly(n1.name);
  }

  @Test
  void givenAnExpectedConsumerThatDoesNotCome_thenItHoldsNothingUp() {
    var instance = world.instance("i1", n1);
    world.whereabouts.put(World.CHANNEL, Set.of(n1.name, NodeName.of("elsewhere")));
    var release = world.publish(World.onDisk("index", "one"));

    assertThat(world.within(40, () -> instance.isOn(release.ref()))).isTrue();
  }

  @Test
  void givenAChannelThatIsCreatedLater_thenTheDataIsBroughtThen() {
    world.whereabouts.put(LATE, Set.of(n1.name));
    world.steps(20);
    assertThat(wanted()).isEmpty();

    world.channels.create(Channel.create(LATE, ChannelSettings.DEFAULT));
    var release = world.publish(LATE, World.onDisk("index", "late"));
    world.step();

    assertThat(wanted()).containsExactly(release.datasets().getFirst().digest());
  }

  @Test
  void givenNobodyIsExpectedAnyMore_thenWhatIsUsedStays() {
    var instance = world.instance("i1", n1);
    world.whereabouts.put(World.CHANNEL, Set.of(n1.name));
    var release = world.publish(World.onDisk("index", "one"));
    world.within(40, () -> instance.isOn(release.ref()));

    world.whereabouts.put(World.CHANNEL, Set.of());
    world.steps(30);

    assertThat(wanted()).containsExactly(release.datasets().getFirst().digest());
  }

  @Test
  void givenNobodyIsExpectedAnyMore_thenTheDataStaysOnDiskForATime() {
    world.whereabouts.put(World.CHANNEL, Set.of(n1.name));
    var release = world.publish(World.onDisk("index", "one"));
    var digest = release.datasets().getFirst().digest();
    world.steps(30);

    world.whereabouts.put(World.CHANNEL, Set.of());
    world.steps(30);

    var order = world.board.awaitNode(n1.name, 0, Duration.ZERO);
    assertThat(order.datasets()).isEmpty();
    assertThat(order.retain()).containsExactly(digest);
  }

  @Test
  void givenAnInstanceThatHasEnded_thenItIsForgottenOnceItIsSilent() {
    var instance = world.instance("i1", n1);
    world.publish(World.onDisk("index", "one"));
    world.steps(20);

    world.whereabouts.ended(World.CHANNEL, n1.name, List.of(instance.id));
    world.steps(20);
    assertThat(world.roster.instance(instance.id)).as("as long as it reports").isPresent();

    instance.alive = false;
    world.steps(13);
    assertThat(world.roster.instance(instance.id)).isEmpty();
  }

  @Test
  void givenASilentInstanceThatIsNotKnownToHaveEnded_thenItIsRemembered() {
    var instance = world.instance("i1", n1);
    world.steps(20);

    world.whereabouts.ended(World.CHANNEL, n1.name, List.of(InstanceId.of("i2")));
    instance.alive = false;
    world.steps(60);

    assertThat(world.roster.instance(instance.id)).isPresent();
  }

  @Test
  void givenConsumersThatAreNotKnownYet_thenNothingMayBeRemovedBeforeTheyAreOrTheGraceIsOver() {
    world.whereabouts.expect();
    world.steps(5);
    assertThat(world.leadership.settled()).isFalse();
    assertThat(world.leadership.unsettled().orElseThrow()).contains("the pods of Kubernetes");
    assertThat(world.board.awaitNode(n1.name, 0, Duration.ZERO).complete()).isFalse();

    world.whereabouts.complete();
    world.step();
    assertThat(world.leadership.settled()).isTrue();
  }

  @Test
  void givenAnApiServerThatNeverAnswers_thenTheGraceEndsTheWait() {
    world.whereabouts.expect();
    world.steps(20);

    assertThat(world.leadership.settled()).isTrue();
  }

  @Test
  void givenALabelThatSomebodyElseGivesANode_thenASelectorChoosesItByThat() {
    world.settings(
        s ->
            new ChannelSettings(
                s.versionScheme(),
                s.retainReleases(),
                s.retainOnNode(),
                s.maxUnavailable(),
                Optional.of(Map.of("rack", "a", "zone", "west")),
                s.progressDeadline()));
    var release = world.publish(World.onDisk("index", "one"));
    world.steps(20);
    assertThat(wanted()).isEmpty();

    world.nodeLabels.put(n1.name, Map.of("zone", "west"));
    world.step();
    assertThat(wanted()).containsExactly(release.datasets().getFirst().digest());

    world.nodeLabels.put(n1.name, Map.of());
    world.step();
    assertThat(world.status().nodes()).isEmpty();
  }
}
