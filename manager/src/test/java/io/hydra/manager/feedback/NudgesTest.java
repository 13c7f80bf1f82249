package io.hydra.manager.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.manager.apiserver.ApiObject.Name;
import io.hydra.manager.apiserver.ApiObject.Owner;
import io.hydra.manager.kubernetes.ConsumerPod;
import io.hydra.manager.kubernetes.ConsumerPod.Mark;
import io.hydra.model.NodeName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NudgesTest {
  private static final Instant BEGAN = Instant.parse("2026-11-29T09:00:00Z");
  private static final Mark SERVING = new Mark(Optional.of("1"), Optional.of(true));

  private final Nudges nudges = new Nudges(BEGAN);

  private static ConsumerPod pod(String name, Optional<String> owner, Mark mark) {
    return new ConsumerPod(
        new Name(Optional.of("search"), name),
        "uid-" + name,
        NodeName.of("n1"),
        "prod/search/searcher",
        false,
        owner.map(uid -> new Owner("apps/v1", "ReplicaSet", "rs", uid, Optional.of(true))),
        mark);
  }

  private List<String> dueAfter(long seconds, ConsumerPod... pods) {
    return nudges.due(List.of(pods), BEGAN.plusSeconds(seconds)).stream()
        .map(Errand::path)
        .toList();
  }

  @Test
  void givenPodsOfTwoOwners_thenOneOfEachIsTouched_twice_andNeverAgain() {
    var pods =
        new ConsumerPod[] {
          pod("a-1", Optional.of("a"), SERVING),
          pod("a-2", Optional.of("a"), SERVING),
          pod("b-1", Optional.of("b"), SERVING)
        };
    var one =
        List.of(
            "/api/v1/namespaces/search/pods/a-1/status",
            "/api/v1/namespaces/search/pods/b-1/status");

    assertThat(dueAfter(9, pods)).isEmpty();
    assertThat(dueAfter(10, pods)).isEqualTo(one);
    assertThat(dueAfter(20, pods)).isEmpty();
    assertThat(dueAfter(41, pods)).isEqualTo(one);
    assertThat(dueAfter(60, pods)).isEmpty();
    assertThat(dueAfter(121, pods)).isEmpty();
  }

  @Test
  void givenAPodThatNobodyHasMade_orThatHasNoConditionYet_thenItIsLeftAlone() {
    assertThat(
            dueAfter(
                10,
                pod("alone", Optional.empty(), SERVING),
                pod("new", Optional.of("a"), Mark.NONE)))
        .isEmpty();
  }

  @Test
  void givenATouch_thenTheConditionStaysWhatItIs() {
    var errand =
        nudges
            .due(List.of(pod("a-1", Optional.of("a"), SERVING)), BEGAN.plusSeconds(10))
            .getFirst();

    assertThat(errand.change().toString())
        .isEqualTo(
            "{\"metadata\":{\"uid\":\"uid-a-1\"},\"status\":{\"conditions\":[{\"type\":\"hydra/Serving\",\"status\":\"True\",\"lastProbeTime\":\"2026-11-29T09:00:10Z\"}]}}");
  }
}
