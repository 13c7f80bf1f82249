package io.hydra.manager.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.manager.reconcile.FakeChannels;
import io.hydra.manager.reconcile.FakeStore;
import io.hydra.manager.rollout.Pod;
import io.hydra.model.ChannelId;
import io.hydra.model.InstanceId;
import io.hydra.model.NodeName;
import io.hydra.wire.EndpointState;
import io.hydra.wire.InstanceRegistration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ChannelUseTest {
  private static final ChannelId CHANNEL = ChannelId.parse("prod/search/searcher");
  private static final NodeName NODE = NodeName.of("n1");
  private static final InstanceRegistration INSTANCE =
      new InstanceRegistration(InstanceId.of("i1"), CHANNEL, NODE);

  private final List<Pod> pods = new ArrayList<>();
  private final Roster roster = new Roster();
  private final Registrations registrations =
      new Registrations(new FakeStore(), new FakeChannels(), roster);
  private final Whereabouts whereabouts = new Whereabouts(roster);
  private final ChannelUse use = new ChannelUse(registrations, roster, whereabouts, new Pods(pods));
  private final AtomicBoolean deleted = new AtomicBoolean();

  /** Tells of pods and does nothing. */
  private record Pods(List<Pod> pods) implements Orchestrator {
    @Override
    public List<Pod> podsOf(ChannelId channel) {
      return pods;
    }

    @Override
    public void onChange(Consumer<ChannelId> listener) {
      throw new UnsupportedOperationException();
    }

    @Override
    public EndpointState awaitEndpoint(
        InstanceRegistration instance, Optional<EndpointState> unless, Duration wait) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void note(ChannelId channel, Collection<Pod> disrupted) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void evict(InstanceRegistration instance) {
      throw new UnsupportedOperationException();
    }
  }

  private void delete() {
    use.unlessUsed(CHANNEL, () -> deleted.set(true));
  }

  private void assertKept(String user) {
    assertThatThrownBy(this::delete)
        .isInstanceOfSatisfying(
            HydraException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.IN_USE))
        .hasMessageContaining(user);
    assertThat(deleted).isFalse();
  }

  @Test
  void givenNobodyThenItIsDeleted() {
    delete();

    assertThat(deleted).isTrue();
  }

  @Test
  void givenAnInstanceThenItIsKept() {
    registrations.registerInstance(INSTANCE);

    assertKept("instance i1");
  }

  @Test
  void givenAPodWhoseAppManHasNotSpokenYetThenItIsKept() {
    pods.add(
        new Pod(
            "search",
            "searcher-0",
            Optional.empty(),
            List.of(),
            false,
            Optional.empty(),
            EndpointState.UNKNOWN,
            Optional.empty()));

    assertKept("pod search/searcher-0");
  }

  @Test
  void givenANodeToWhichAConsumerIsAboutToComeThenItIsKept() {
    whereabouts.expected(CHANNEL, Set.of(NODE));

    assertKept("node n1");
  }

  @Test
  void givenAnInstanceThatRegistersMeanwhileThenItIsRegisteredOnceTheChannelIsDeleted()
      throws InterruptedException {
    var registering = new Thread(() -> registrations.registerInstance(INSTANCE));

    use.unlessUsed(
        CHANNEL,
        () -> {
          registering.start();
          await().until(() -> registering.getState() == Thread.State.BLOCKED);
          assertThat(roster.instancesOf(CHANNEL)).isEmpty();
        });

    registering.join();
    assertThat(roster.instancesOf(CHANNEL)).containsExactly(INSTANCE);
  }
}
