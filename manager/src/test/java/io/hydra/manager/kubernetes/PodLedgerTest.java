package io.hydra.manager.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.manager.apiserver.ApiObject.Name;
import io.hydra.manager.channel.Channel;
import io.hydra.manager.discovery.Registrations;
import io.hydra.manager.discovery.Roster;
import io.hydra.manager.discovery.Whereabouts;
import io.hydra.manager.reconcile.FakeChannels;
import io.hydra.manager.reconcile.FakeStore;
import io.hydra.model.ChannelId;
import io.hydra.model.ChannelSettings;
import io.hydra.model.InstanceId;
import io.hydra.model.NodeName;
import io.hydra.wire.InstanceRegistration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PodLedgerTest {
  private static final ChannelId CHANNEL = ChannelId.parse("prod/search/searcher");
  private static final NodeName N1 = NodeName.of("n1");
  private static final NodeName N2 = NodeName.of("n2");

  private final FakeChannels channels = new FakeChannels();
  private final Roster roster = new Roster();
  private final Registrations registrations = new Registrations(new FakeStore(), channels, roster);
  private final Whereabouts whereabouts = new Whereabouts(roster);
  private final List<String> objections = new ArrayList<>();
  private final List<ChannelId> changes = new ArrayList<>();
  private final PodLedger ledger =
      new PodLedger(
          whereabouts,
          new Annotations(
              channels,
              (pod, reason, sentence) -> objections.add(pod.id() + " " + reason + " " + sentence)));

  PodLedgerTest() {
    channels.create(Channel.create(CHANNEL, ChannelSettings.DEFAULT));
    ledger.node(N1, true);
    ledger.node(N2, true);
    whereabouts.onChange(changes::add);
  }

  private static ConsumerPod pod(String name, NodeName node) {
    return pod(name, node, CHANNEL.toString(), false);
  }

  private static ConsumerPod pod(String name, NodeName node, String channel, boolean ending) {
    return new ConsumerPod(name(name), "uid-" + name, node, channel, ending);
  }

  private static Name name(String name) {
    return new Name(Optional.of("search"), name);
  }

  @Test
  void givenAPodOnANode_thenTheNodeWantsTheChannel() {
    ledger.put(pod("a", N1));

    assertThat(whereabouts.nodesOf(CHANNEL)).containsExactly(N1);
    assertThat(changes).containsExactly(CHANNEL);
  }

  @Test
  void givenASecondPodOnTheNode_thenNothingIsToldAgain() {
    ledger.put(pod("a", N1));
    ledger.put(pod("b", N1));
    ledger.put(pod("b", N1));

    assertThat(changes).hasSize(1);
  }

  @Test
  void givenTheLastPodOfANodeGoes_thenTheNodeWantsNothingMore() {
    ledger.put(pod("a", N1));
    ledger.put(pod("b", N1));
    ledger.remove(name("a"));
    assertThat(whereabouts.nodesOf(CHANNEL)).containsExactly(N1);

    ledger.remove(name("b"));

    assertThat(whereabouts.nodesOf(CHANNEL)).isEmpty();
    assertThat(ledger.size()).isZero();
  }

  @Test
  void givenAPodThatIsBeingDeleted_thenItWantsNothingMore() {
    ledger.put(pod("a", N1));

    ledger.put(pod("a", N1, CHANNEL.toString(), true));

    assertThat(whereabouts.nodesOf(CHANNEL)).isEmpty();
  }

  @Test
  void givenAPodThatComesBackElsewhere_thenTheOtherNodeWantsTheChannel() {
    ledger.put(pod("a", N1));

    ledger.put(pod("a", N2));

    assertThat(whereabouts.nodesOf(CHANNEL)).containsExactly(N2);
  }

  @Test
  void givenAnAnnotationThatChanges_thenTheOtherChannelIsWanted() {
    var other = ChannelId.parse("prod/search/other");
    channels.create(Channel.create(other, ChannelSettings.DEFAULT));
    ledger.put(pod("a", N1));

    ledger.put(pod("a", N1, other.toString(), false));

    assertThat(whereabouts.nodesOf(CHANNEL)).isEmpty();
    assertThat(whereabouts.nodesOf(other)).containsExactly(N1);
  }

  @Test
  void givenANodeThatIsLost_thenItsPodsWantNothingUntilItIsBack() {
    ledger.put(pod("a", N1));
    ledger.node(N1, false);
    assertThat(whereabouts.nodesOf(CHANNEL)).isEmpty();

    ledger.node(N1, true);
    assertThat(whereabouts.nodesOf(CHANNEL)).containsExactly(N1);
  }

  @Test
  void givenAPodOnANodeThatNobodyHasSeenYet_thenTheNodeWantsTheChannelWhenItIsThere() {
    var later = NodeName.of("n3");
    ledger.put(pod("a", later));
    assertThat(whereabouts.nodesOf(CHANNEL)).isEmpty();

    ledger.node(later, true);
    assertThat(whereabouts.nodesOf(CHANNEL)).containsExactly(later);
  }

  @Test
  void givenAnAnnotationThatIsNoChannel_thenItIsObjectedToOnce() {
    ledger.put(pod("a", N1, "searcher", false));
    ledger.put(pod("a", N1, "searcher", true));

    assertThat(objections).hasSize(1).first().asString().contains("search/a", "env/namespace/name");
    assertThat(changes).isEmpty();
  }

  @Test
  void givenAnEnvironmentOfAnotherManager_thenItIsObjectedTo() {
    ledger.put(pod("a", N1, "moon/search/searcher", false));

    assertThat(objections).hasSize(1).first().asString().contains("HydraEnvironmentUnknown");
    assertThat(whereabouts.nodesOf(ChannelId.parse("moon/search/searcher"))).isEmpty();
  }

  @Test
  void givenAChannelThatDoesNotExistYet_thenItIsObjectedToAndWantedAllTheSame() {
    var early = ChannelId.parse("prod/search/early");
    ledger.put(pod("a", N1, early.toString(), false));

    assertThat(objections).hasSize(1).first().asString().contains("HydraChannelUnknown");
    assertThat(whereabouts.nodesOf(early)).containsExactly(N1);
  }

  @Test
  void givenARegisteredPodThatIsGone_thenItsInstanceHasEnded() {
    var instance = new InstanceRegistration(InstanceId.of("a"), CHANNEL, N1);
    registrations.registerInstance(instance);
    ledger.put(pod("a", N1));
    assertThat(whereabouts.hasEnded(instance)).isFalse();

    ledger.remove(name("a"));
    assertThat(whereabouts.hasEnded(instance)).isTrue();

    ledger.put(pod("a", N1));
    assertThat(whereabouts.hasEnded(instance)).isFalse();
  }

  @Test
  void givenAnInstanceNamedWithItsNamespace_thenItIsTheSamePod() {
    var instance = new InstanceRegistration(InstanceId.of("search.a"), CHANNEL, N1);
    registrations.registerInstance(instance);
    ledger.put(pod("a", N1));

    ledger.remove(name("a"));

    assertThat(whereabouts.hasEnded(instance)).isTrue();
  }

  /** Kubernetes allows 253 characters, Hydra 127 for an instance. */
  @Test
  void givenAVeryLongName_thenItsNodeWantsTheChannelAllTheSame() {
    ledger.put(pod("a".repeat(253), N1));
    assertThat(whereabouts.nodesOf(CHANNEL)).containsExactly(N1);

    ledger.remove(name("a".repeat(253)));
    assertThat(whereabouts.nodesOf(CHANNEL)).isEmpty();
  }

  @Test
  void givenAnInstanceOfAnotherChannelUnderThePodsName_thenItHasNotEnded() {
    var other = ChannelId.parse("prod/other/searcher");
    var instance = new InstanceRegistration(InstanceId.of("a"), other, N1);
    registrations.registerInstance(instance);
    ledger.put(pod("a", N1));

    ledger.remove(name("a"));

    assertThat(whereabouts.hasEnded(instance)).isFalse();
  }

  @Test
  void givenAnEndedInstanceThatRegistersElsewhere_thenThatOneHasNotEnded() {
    var instance = new InstanceRegistration(InstanceId.of("a"), CHANNEL, N1);
    registrations.registerInstance(instance);
    ledger.put(pod("a", N1));
    ledger.remove(name("a"));

    var moved = new InstanceRegistration(InstanceId.of("a"), CHANNEL, N2);
    registrations.registerInstance(moved);

    assertThat(whereabouts.hasEnded(moved)).isFalse();
    assertThat(whereabouts.hasEnded(instance)).isFalse();
  }

  @Test
  void givenAPodOfANamespaceThatTheChannelDoesNotAdmit_thenItHasNothing_andIsToldOnce() {
    var foreign = foreign("tiles");

    ledger.put(foreign);
    ledger.reconsider(CHANNEL);

    assertThat(whereabouts.nodesOf(CHANNEL)).isEmpty();
    assertThat(ledger.podsOf(CHANNEL)).isEmpty();
    assertThat(ledger.find(foreign.id()).orElseThrow().channel()).isEmpty();
    assertThat(objections)
        .singleElement()
        .asString()
        .contains("HydraNamespaceNotAdmitted", "namespace maps", "--consumer-namespace maps");
  }

  @Test
  void givenTheChannelAdmitsAnotherNamespaceLater_andTakesThatBack_thenItsPodsFollow() {
    var foreign = foreign("tiles");
    var instance = new InstanceRegistration(InstanceId.of("maps.tiles"), CHANNEL, N2);
    ledger.put(pod("a", N1));
    ledger.put(foreign);
    var told = new ArrayList<ChannelId>();
    ledger.onChange(told::add);

    admit(Set.of("maps"));
    assertThat(whereabouts.nodesOf(CHANNEL)).containsExactlyInAnyOrder(N1, N2);
    assertThat(ledger.podsOf(CHANNEL)).containsExactlyInAnyOrder(pod("a", N1), foreign);
    registrations.registerInstance(instance);

    admit(Set.of());
    assertThat(whereabouts.nodesOf(CHANNEL)).containsExactly(N1);
    assertThat(whereabouts.hasEnded(instance)).isTrue();
    assertThat(objections).hasSize(2);

    admit(Set.of("*"));
    assertThat(whereabouts.hasEnded(instance)).isFalse();
    ledger.remove(foreign.id());
    assertThat(whereabouts.nodesOf(CHANNEL)).containsExactly(N1);
    assertThat(told).hasSize(4).containsOnly(CHANNEL);
  }

  @Test
  void givenAChannelThatIsCreatedAfterItsPod_thenOnlyOneOfItsNamespaceWaitsForIt() {
    var later = ChannelId.parse("prod/search/later");
    ledger.put(
        new ConsumerPod(
            new Name(Optional.of("maps"), "tiles"), "uid", N1, later.toString(), false));
    ledger.put(pod("early", N1, later.toString(), false));
    assertThat(whereabouts.nodesOf(later)).containsExactly(N1);

    channels.create(Channel.create(later, ChannelSettings.DEFAULT));
    ledger.reconsider(later);

    assertThat(objections)
        .satisfiesExactly(
            told -> assertThat(told).contains("maps/tiles HydraNamespaceNotAdmitted"),
            told -> assertThat(told).contains("search/early HydraChannelUnknown"));
  }

  private void admit(Set<String> namespaces) {
    channels.update(
        CHANNEL,
        channel ->
            channel.withSettings(ChannelSettings.builder().consumerNamespaces(namespaces).build()));
    ledger.reconsider(CHANNEL);
  }

  private static ConsumerPod foreign(String name) {
    return new ConsumerPod(
        new Name(Optional.of("maps"), name), "uid-" + name, N2, CHANNEL.toString(), false);
  }

  @Test
  void givenPods_thenTheChannelHasThem_untilTheyAreGone() {
    var told = new ArrayList<ChannelId>();
    ledger.onChange(told::add);
    ledger.put(pod("a", N1));
    ledger.put(pod("b", N2));
    assertThat(ledger.podsOf(CHANNEL)).containsExactlyInAnyOrder(pod("a", N1), pod("b", N2));

    ledger.remove(name("a"));

    assertThat(ledger.podsOf(CHANNEL)).containsExactly(pod("b", N2));
    assertThat(told).containsExactly(CHANNEL, CHANNEL, CHANNEL);
  }

  @Test
  void givenAPodOnWhichSomethingIsWritten_thenItIsTakenNoteOf_andNothingIsTold() {
    var marked = marked(pod("a", N1));
    ledger.put(pod("a", N1));
    var told = new ArrayList<ChannelId>();
    ledger.onChange(told::add);

    ledger.put(marked);

    assertThat(ledger.podsOf(CHANNEL)).containsExactly(marked);
    assertThat(told).isEmpty();
    assertThat(changes).hasSize(1);
  }

  private static ConsumerPod marked(ConsumerPod pod) {
    return new ConsumerPod(
        pod.id(),
        pod.uid(),
        pod.node(),
        pod.channel(),
        pod.ending(),
        pod.owner(),
        new ConsumerPod.Mark(Optional.of("1"), Optional.of(true)));
  }
}
