package io.hydra.manager.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.manager.rollout.Pod;
import io.hydra.model.InstanceId;
import io.hydra.model.NodeName;
import io.hydra.wire.EndpointState;
import io.hydra.wire.InstanceRegistration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PodMatchTest {
  private static Pod pod(String namespace, String node) {
    return new Pod(
        namespace,
        "a",
        Optional.of(NodeName.of(node)),
        List.of(InstanceId.of(namespace + ".a"), InstanceId.of("a")),
        true,
        false,
        EndpointState.READY,
        Optional.empty());
  }

  private static InstanceRegistration instance(String id, String node) {
    return new InstanceRegistration(InstanceId.of(id), World.CHANNEL, NodeName.of(node));
  }

  @Test
  void givenAnExactName_thenAPodOfTheSameNameElsewhereIsNotIts() {
    var pods = List.of(pod("x", "n"), pod("y", "n"));
    var match = new PodMatch(pods, List.of(instance("y.a", "n")));

    assertThat(match.of(instance("y.a", "n"))).contains(pods.get(1));
    assertThat(match.strays()).containsExactly(pods.get(0));
  }

  @Test
  void givenAPlainName_thenThePodOfItsNodeIsIts() {
    var pods = List.of(pod("x", "n"));

    assertThat(new PodMatch(pods, List.of(instance("a", "n"))).strays()).isEmpty();
    assertThat(new PodMatch(pods, List.of(instance("a", "m"))).strays()).isEqualTo(pods);
  }
}
