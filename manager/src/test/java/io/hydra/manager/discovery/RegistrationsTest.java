package io.hydra.manager.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.manager.reconcile.FakeChannels;
import io.hydra.manager.reconcile.FakeStore;
import io.hydra.model.ChannelId;
import io.hydra.model.InstanceId;
import io.hydra.model.NodeName;
import io.hydra.wire.InstanceRegistration;
import io.hydra.wire.NodeRegistration;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class RegistrationsTest {
  private static final NodeRegistration NODE =
      new NodeRegistration(NodeName.of("n1"), Map.of("rack", "a"), "/data", "1");
  private static final InstanceRegistration INSTANCE =
      new InstanceRegistration(
          InstanceId.of("i1"), ChannelId.parse("prod/a/not-yet"), NodeName.of("n1"));

  private final FakeStore store = new FakeStore();
  private final FakeChannels channels = new FakeChannels();
  private Roster roster = new Roster();
  private Registrations registrations = new Registrations(store, channels, roster);

  private void restart() {
    roster = new Roster();
    registrations = new Registrations(store, channels, roster);
    registrations.load();
  }

  private static void assertRefused(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(HydraException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  void registrationsSurviveARestart() {
    registrations.registerNode(NODE);
    registrations.registerInstance(INSTANCE);
    restart();

    assertThat(roster.node(NODE.name())).contains(NODE);
    assertThat(roster.instancesOf(INSTANCE.channel())).containsExactly(INSTANCE);
  }

  @Test
  void theSameRegistrationAgainWritesNothing() {
    registrations.registerNode(NODE);
    int before = store.commits();
    registrations.registerNode(NODE);

    assertThat(store.commits()).isEqualTo(before);
  }

  @Test
  void anInstanceThatMovesIsFoundOnItsNewNodeOnly() {
    registrations.registerInstance(INSTANCE);
    var moved = new InstanceRegistration(INSTANCE.id(), INSTANCE.channel(), NodeName.of("n2"));
    registrations.registerInstance(moved);

    assertThat(roster.instancesOn(NodeName.of("n1"))).isEmpty();
    assertThat(roster.instancesOn(NodeName.of("n2"))).containsExactly(moved);
  }

  @Test
  void aNodeWithInstancesIsNotForgotten() {
    registrations.registerNode(NODE);
    registrations.registerInstance(INSTANCE);

    assertRefused(ErrorCode.IN_USE, () -> registrations.forgetNode(NODE.name()));
  }

  @Test
  void whatIsForgottenStaysForgotten() {
    registrations.registerNode(NODE);
    registrations.registerInstance(INSTANCE);
    registrations.forgetInstance(INSTANCE.id());
    registrations.forgetNode(NODE.name());
    restart();

    assertThat(roster.nodes()).isEmpty();
    assertThat(roster.instances()).isEmpty();
  }

  @Test
  void anInstanceOfAnotherEnvironmentIsRefused() {
    var foreign =
        new InstanceRegistration(INSTANCE.id(), ChannelId.parse("moon/a/b"), INSTANCE.node());

    assertRefused(ErrorCode.UNKNOWN_ENVIRONMENT, () -> registrations.registerInstance(foreign));
  }

  @Test
  void forgettingWhatIsNotThereIsRefused() {
    assertRefused(ErrorCode.UNKNOWN_INSTANCE, () -> registrations.forgetInstance(INSTANCE.id()));
    assertRefused(ErrorCode.UNKNOWN_NODE, () -> registrations.forgetNode(NODE.name()));
  }
}
