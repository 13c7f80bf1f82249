package io.hydra.manager.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.manager.discovery.NoOrchestrator;
import io.hydra.manager.discovery.Orchestrator;
import io.hydra.manager.rollout.Pod;
import io.hydra.model.ChannelId;
import io.hydra.wire.EndpointState;
import io.hydra.wire.InstanceRegistration;
import io.hydra.wire.RolloutPhase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A node that is lost for good: its pod stays in deletion, as nobody is there to end it. */
class LostNodeTest {
  private final World world = new World();
  private final SimulatedNode lost = world.node("n1");
  private final SimulatedNode other = world.node("n2");
  private final List<Pod> pods = new ArrayList<>();

  LostNodeTest() {
    world.orchestrator = new KnownPods();
    world.restartManager();
  }

  private final class KnownPods implements Orchestrator {
    private final NoOrchestrator nothingElse = new NoOrchestrator();

    @Override
    public List<Pod> podsOf(ChannelId channel) {
      return List.copyOf(pods);
    }

    @Override
    public void onChange(Consumer<ChannelId> listener) {
      nothingElse.onChange(listener);
    }

    @Override
    public EndpointState awaitEndpoint(
        InstanceRegistration instance, Optional<EndpointState> unless, Duration wait) {
      return nothingElse.awaitEndpoint(instance, unless, wait);
    }

    @Override
    public void note(ChannelId channel, Collection<Pod> disrupted) {
      nothingElse.note(channel, disrupted);
    }

    @Override
    public void evict(InstanceRegistration instance) {
      nothingElse.evict(instance);
    }
  }

  private void pod(SimulatedInstance instance, boolean ready, Optional<Instant> endsBy) {
    pods.add(
        new Pod(
            "search",
            instance.id.value(),
            Optional.of(instance.node.name),
            List.of(instance.id),
            ready,
            endsBy,
            EndpointState.UNKNOWN,
            Optional.of(List.of())));
  }

  @Test
  void givenAnotherPodHasItsPlace_thenRolloutsGoOnWithoutIt() {
    var first = world.publish(World.onDisk("index", "one"));
    var gone = world.instance("i1", lost);
    var stays = world.instance("i2", other);
    pod(gone, true, Optional.empty());
    pod(stays, true, Optional.empty());
    assertThat(world.within(40, () -> world.allOn(first))).isTrue();

    lost.alive = false;
    gone.alive = false;
    var successor = world.instance("i3", other);
    pods.clear();
    pod(gone, false, Optional.of(world.clock.instant().plusSeconds(30)));
    pod(stays, true, Optional.empty());
    pod(successor, true, Optional.empty());
    var second = world.publish(World.onDisk("index", "two"));
    world.steps(40);
    assertThat(stays.isOn(second.ref())).as("as long as it may still be there").isFalse();

    assertThat(world.within(60, () -> stays.isOn(second.ref()) && successor.isOn(second.ref())))
        .isTrue();
    assertThat(world.within(5, () -> world.phase() == RolloutPhase.DONE)).isTrue();
  }
}
