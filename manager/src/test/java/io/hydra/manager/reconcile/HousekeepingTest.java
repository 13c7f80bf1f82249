package io.hydra.manager.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.manager.discovery.PodOrigin;
import io.hydra.model.InstanceId;
import io.hydra.model.NodeName;
import io.hydra.wire.InstanceRegistration;
import io.hydra.wire.NodeRegistration;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HousekeepingTest {
  private static final InstanceId ID = InstanceId.of("search.a");
  private static final PodOrigin POD = new PodOrigin("search", "a", "u1");

  private final World world = new World();

  @Test
  void manifestsAreSweptNowAndThen() {
    world.steps(2);
    world.clock.pass(Duration.ofMinutes(9));
    world.steps(2);
    assertThat(world.channels.sweeps()).hasSize(1);

    world.clock.pass(Duration.ofMinutes(1));
    world.steps(2);
    assertThat(world.channels.sweeps()).hasSize(2);
  }

  /** Registered with the manager of before, by the pod or by nobody that is known. */
  private void givenAnotherManagersInstance(Optional<PodOrigin> pod) {
    var node = NodeName.of("n1");
    world.registrations.registerNode(new NodeRegistration(node, Map.of(), "/data", "1"));
    world.registrations.registerInstance(new InstanceRegistration(ID, World.CHANNEL, node), pod);
    world.restartManager();
  }

  private boolean isRegistered() {
    world.steps(3);
    return world.roster.instance(ID).isPresent();
  }

  @Test
  void givenAPodThatWentWhileNoManagerLooked_thenItsInstanceIsForgottenOnceAllPodsAreKnown() {
    world.pods.complete = false;
    givenAnotherManagersInstance(Optional.of(POD));
    assertThat(isRegistered()).isTrue();

    world.pods.complete = true;

    assertThat(isRegistered()).isFalse();
    assertThat(world.registrations.origin(ID)).isEmpty();
  }

  @Test
  void givenAnotherPodOfThatName_thenTheInstanceIsForgotten() {
    world.pods.all.add(new PodOrigin("search", "a", "u2"));
    givenAnotherManagersInstance(Optional.of(POD));

    assertThat(isRegistered()).isFalse();
  }

  @Test
  void givenThePodIsThere_thenItsInstanceIsWaitedFor() {
    world.pods.all.add(POD);
    givenAnotherManagersInstance(Optional.of(POD));

    assertThat(isRegistered()).isTrue();
  }

  @Test
  void givenAnInstanceOfAPlainHost_orOfANamespaceThatIsNotFollowed_thenItIsWaitedFor() {
    givenAnotherManagersInstance(Optional.empty());
    assertThat(isRegistered()).isTrue();

    givenAnotherManagersInstance(Optional.of(new PodOrigin("elsewhere", "a", "u1")));
    assertThat(isRegistered()).isTrue();
  }

  @Test
  void givenAnInstanceThatIsHeard_thenItIsKept_thoughItsPodIsGone() {
    var instance = world.instance(ID.value(), world.node("n1"));
    world.steps(2);
    world.registrations.registerInstance(world.roster.instance(ID).orElseThrow(), Optional.of(POD));
    assertThat(isRegistered()).isTrue();

    instance.alive = false;
    world.clock.pass(Duration.ofSeconds(11));

    assertThat(isRegistered()).isFalse();
  }
}
