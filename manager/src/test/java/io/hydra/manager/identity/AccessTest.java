package io.hydra.manager.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.manager.channel.Channel;
import io.hydra.manager.discovery.KnownPods;
import io.hydra.manager.discovery.Registrations;
import io.hydra.manager.discovery.Roster;
import io.hydra.manager.reconcile.FakeChannels;
import io.hydra.manager.reconcile.FakeStore;
import io.hydra.model.ChannelId;
import io.hydra.model.ChannelSettings;
import io.hydra.model.InstanceId;
import io.hydra.model.NodeName;
import io.hydra.wire.InstanceRegistration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class AccessTest {
  private static final ChannelId SEARCHER = ChannelId.parse("prod/search/searcher");
  private static final ChannelId OTHER = ChannelId.parse("prod/maps/tiles");
  private static final NodeName N1 = NodeName.of("n1");
  private static final NodeName N2 = NodeName.of("n2");
  private static final InstanceId PLAIN = InstanceId.of("searcher-0");
  private static final InstanceId QUALIFIED = InstanceId.of("search.searcher-0");
  private static final Agent.OfPod POD = new Agent.OfPod("search", "searcher-0", "u1", N1);

  private final FakeChannels channels = new FakeChannels();
  private final Roster roster = new Roster();
  private final Registrations registrations = new Registrations(new FakeStore(), channels, roster);
  private final Pods pods = new Pods();
  private final Access access = new Access(new PodBinding(pods, channels, roster));

  /** Pods that the test names. */
  private static final class Pods implements KnownPods {
    private final Map<String, KnownPod> all = new HashMap<>();
    private final Set<InstanceId> claimed = new HashSet<>();
    private boolean followed = true;
    private boolean complete = true;

    @Override
    public boolean isComplete() {
      return complete;
    }

    @Override
    public boolean seesAllOf(String namespace) {
      return followed;
    }

    @Override
    public Optional<KnownPod> find(String namespace, String name) {
      return Optional.ofNullable(all.get(namespace + "/" + name));
    }

    @Override
    public boolean isClaimedByAnother(InstanceId id, String namespace, String name) {
      return claimed.contains(id);
    }
  }

  private void known(String uid, ChannelId channel) {
    pods.all.put("search/searcher-0", new KnownPods.KnownPod(uid, N1, Optional.of(channel)));
  }

  private void agent(Agent agent) {
    access.by(new Caller("agent", List.of(), List.of(agent)));
  }

  private void grant(Role role, String channels) {
    var pattern = ChannelPattern.of(channels).orElseThrow();
    access.by(new Caller("jane", List.of(new Grant(role, pattern)), List.of()));
  }

  private static InstanceRegistration registration(
      InstanceId id, ChannelId channel, NodeName node) {
    return new InstanceRegistration(id, channel, node);
  }

  private static void assertForbidden(ThrowingCallable call, String... words) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            HydraException.class,
            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.FORBIDDEN))
        .hasMessageContainingAll(words);
  }

  private static void assertAllowed(ThrowingCallable call) {
    assertThatCode(call).doesNotThrowAnyException();
  }

  @Test
  void givenNobody_thenNothingIsAllowed() {
    assertThatThrownBy(() -> access.require(Role.VIEWER))
        .isInstanceOfSatisfying(
            HydraException.class,
            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.UNAUTHENTICATED));
  }

  @Test
  void givenAChannelThatDoesNotAdmitThePodsNamespace_thenItsAnnotationIsOfNoUse() {
    agent(POD);
    known("u1", OTHER);
    channels.create(Channel.create(OTHER, ChannelSettings.DEFAULT));
    assertForbidden(
        () -> access.requireSelf(registration(QUALIFIED, OTHER, N1)), "prod/maps/tiles", "search");

    admit(Set.of("search"));
    assertAllowed(() -> access.requireSelf(registration(QUALIFIED, OTHER, N1)));
    admit(Set.of("*"));
    assertAllowed(() -> access.requireSelf(registration(QUALIFIED, OTHER, N1)));

    admit(Set.of("other"));
    registrations.registerInstance(registration(QUALIFIED, OTHER, N1));
    assertForbidden(() -> access.requireSelf(QUALIFIED), "prod/maps/tiles", "search");
  }

  @Test
  void givenPodsThatAreNotFollowed_thenAChannelThatAdmitsTheirNamespaceIsTheirs() {
    agent(POD);
    pods.followed = false;
    channels.create(Channel.create(OTHER, ChannelSettings.DEFAULT));
    assertForbidden(() -> access.requireSelf(registration(QUALIFIED, OTHER, N1)), "search");

    admit(Set.of("search"));

    assertAllowed(() -> access.requireSelf(registration(QUALIFIED, OTHER, N1)));
  }

  private void admit(Set<String> namespaces) {
    channels.update(
        OTHER,
        channel ->
            channel.withSettings(ChannelSettings.builder().consumerNamespaces(namespaces).build()));
  }

  @Test
  void givenAPublisher_thenHePublishesAndReadsInHisChannelsOnly() {
    grant(Role.PUBLISHER, "prod/search/*");

    assertAllowed(() -> access.require(Role.PUBLISHER, SEARCHER));
    assertAllowed(() -> access.require(Role.VIEWER, SEARCHER));
    assertForbidden(
        () -> access.require(Role.PUBLISHER, OTHER), "jane", "publisher", "prod/maps/tiles");
    assertForbidden(() -> access.require(Role.OPERATOR, SEARCHER), "operator");
    assertForbidden(() -> access.requireSelf(N1), "agent", "n1");
    assertThat(access.sees(OTHER)).isFalse();
  }

  @Test
  void givenAnOperatorOfSomeChannels_thenWhatBelongsToAllIsNotHis() {
    grant(Role.OPERATOR, "prod/search/*");
    assertForbidden(() -> access.requireEverywhere(Role.OPERATOR), "all channels");

    grant(Role.OPERATOR, "*");
    assertAllowed(() -> access.requireEverywhere(Role.OPERATOR));
  }

  @Test
  void givenAnAdmin_thenHeMaySpeakForAgents_butNoOtherRoleMay() {
    grant(Role.ADMIN, "*");
    assertAllowed(() -> access.requireSelf(N1));
    assertAllowed(() -> access.requireSelf(registration(PLAIN, SEARCHER, N1)));

    grant(Role.OPERATOR, "*");
    assertForbidden(() -> access.requireSelf(N1), "for node n1");
    assertForbidden(() -> access.requireSelf(PLAIN), "for instance searcher-0");
  }

  @Test
  void givenADocto_thenItSpeaksForItsNodeOnly() {
    agent(new Agent.OfNode(N1));

    assertAllowed(() -> access.requireSelf(N1));
    assertAllowed(access::requireAgentOrViewer);
    assertForbidden(() -> access.requireSelf(N2), "for node n2");
    assertForbidden(() -> access.requireSelf(PLAIN), "for instance searcher-0");
    assertForbidden(() -> access.require(Role.VIEWER, SEARCHER), "viewer");
  }

  @Test
  void givenAPod_thenItSpeaksForItselfUnderBothNames() {
    known("u1", SEARCHER);
    agent(POD);

    for (var id : List.of(PLAIN, QUALIFIED)) {
      assertAllowed(() -> access.requireSelf(registration(id, SEARCHER, N1)));
      registrations.registerInstance(registration(id, SEARCHER, N1));
      assertAllowed(() -> access.requireSelf(id));
    }
  }

  @Test
  void givenAPod_thenAnotherNameNodeOrChannelIsRefused() {
    known("u1", SEARCHER);
    agent(POD);

    assertForbidden(
        () -> access.requireSelf(registration(InstanceId.of("searcher-1"), SEARCHER, N1)),
        "for instance searcher-1");
    assertForbidden(
        () -> access.requireSelf(registration(InstanceId.of("maps.searcher-0"), SEARCHER, N1)),
        "for instance maps.searcher-0");
    assertForbidden(
        () -> access.requireSelf(registration(PLAIN, SEARCHER, N2)), "instance on node n2");
    assertForbidden(
        () -> access.requireSelf(registration(PLAIN, OTHER, N1)), "annotation does not name it");
    assertForbidden(() -> access.requireSelf(N1), "for node n1");
  }

  @Test
  void givenATokenOfAPodThatWasReplaced_thenItIsRefusedAtOnce() {
    known("u2", SEARCHER);
    agent(POD);

    assertForbidden(() -> access.requireSelf(registration(PLAIN, SEARCHER, N1)), "its pod is gone");
  }

  @Test
  void givenAPodWithoutAnAnnotation_thenItIsRefusedWherePodsAreFollowed() {
    agent(POD);

    assertForbidden(
        () -> access.requireSelf(registration(PLAIN, SEARCHER, N1)), "no annotation hydra/channel");
  }

  @Test
  void givenAManagerThatDoesNotKnowAllPodsYet_thenAnUnknownOneMayComeAgain() {
    pods.complete = false;
    agent(POD);

    assertThatThrownBy(() -> access.requireSelf(registration(PLAIN, SEARCHER, N1)))
        .isInstanceOfSatisfying(
            HydraException.class,
            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.UNAVAILABLE));
  }

  @Test
  void givenNoFollowedPods_thenAPodServesChannelsOfItsNamespaceOnly() {
    pods.followed = false;
    agent(POD);

    assertAllowed(() -> access.requireSelf(registration(PLAIN, SEARCHER, N1)));
    assertForbidden(
        () -> access.requireSelf(registration(PLAIN, OTHER, N1)),
        "not for pods of namespace search");
  }

  @Test
  void givenAnInstanceOfAnotherNamespacesPod_thenItIsNotTakenOverByItsPlainName() {
    known("u1", SEARCHER);
    pods.claimed.add(PLAIN);
    registrations.registerInstance(registration(PLAIN, OTHER, N1));
    agent(POD);

    assertForbidden(
        () -> access.requireSelf(registration(PLAIN, SEARCHER, N1)), "call it search.searcher-0");
    assertForbidden(() -> access.requireSelf(PLAIN), "prod/maps/tiles");
    assertAllowed(() -> access.requireSelf(registration(QUALIFIED, SEARCHER, N1)));
  }

  @Test
  void givenAPodWhoseAnnotationHasChanged_thenItTakesItsOwnNameAlong() {
    registrations.registerInstance(registration(PLAIN, OTHER, N1));
    known("u1", SEARCHER);
    agent(POD);

    assertAllowed(() -> access.requireSelf(registration(PLAIN, SEARCHER, N1)));
  }

  @Test
  void givenAnInstanceOnAPlainHost_thenItsLineBindsNodeAndChannels() {
    agent(
        new Agent.OfInstance(PLAIN, N1, List.of(ChannelPattern.of("prod/search/*").orElseThrow())));

    assertAllowed(() -> access.requireSelf(registration(PLAIN, SEARCHER, N1)));
    assertAllowed(() -> access.requireSelf(PLAIN));
    assertForbidden(() -> access.requireSelf(registration(PLAIN, OTHER, N1)), "prod/maps/tiles");
    assertForbidden(() -> access.requireSelf(registration(PLAIN, SEARCHER, N2)), "node n2");
    assertForbidden(() -> access.requireSelf(QUALIFIED), "search.searcher-0");
  }
}
