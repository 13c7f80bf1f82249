package io.hydra.manager.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.manager.rollout.Pod;
import io.hydra.model.InstanceId;
import io.hydra.model.NodeName;
import io.hydra.wire.EndpointState;
import io.hydra.wire.InstanceRegistration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PodMatchTest {
  private static final Instant NOW = Instant.parse("2026-11-08T09:00:00Z");

  private static Pod pod(String namespace, String node) {
    return pod(namespace, node, Optional.empty());
  }

  private static Pod pod(String namespace, String node, Optional<Instant> endsBy) {
    return new Pod(
        namespace,
        "a",
        Optional.of(NodeName.of(node)),
        List.of(InstanceId.of(namespace + ".a"), InstanceId.of("a")),
        true,
        endsBy,
        EndpointState.READY,
        Optional.empty());
  }

  private static InstanceRegistration instance(String id, String node) {
    return new InstanceRegistration(InstanceId.of(id), World.CHANNEL, NodeName.of(node));
  }

  @Test
  void givenAnExactName_thenAPodOfTheSameNameElsewhereIsNotIts() {
    var pods = List.of(pod("x", "n"), pod("y", "n"));
    var match = match(pods, "y.a", "n");

    assertThat(match.of(instance("y.a", "n"))).contains(pods.get(1));
    assertThat(match.strays()).containsExactly(pods.get(0));
  }

  private static PodMatch match(List<Pod> pods, String id, String node) {
    return new PodMatch(pods, List.of(instance(id, node)), NOW);
  }

  @Test
  void givenAPodThatShouldBeGoneLongSince_thenItIsOverdueAndNoStray() {
    var late = pod("x", "n", Optional.of(NOW.minusSeconds(31)));
    var inTime = pod("y", "n", Optional.of(NOW.minusSeconds(29)));
    var match = match(List.of(late, inTime), "z", "n");

    assertThat(match.strays()).containsExactly(inTime);
    assertThat(match(List.of(late), "x.a", "n").isOverdue(instance("x.a", "n"))).isTrue();
    assertThat(match(List.of(inTime), "y.a", "n").isOverdue(instance("y.a", "n"))).isFalse();
  }

  @Test
  void givenAPlainName_thenThePodOfItsNodeIsIts() {
    var pods = List.of(pod("x", "n"));

    assertThat(match(pods, "a", "n").strays()).isEmpty();
    assertThat(match(pods, "a", "m").strays()).isEqualTo(pods);
  }
}
