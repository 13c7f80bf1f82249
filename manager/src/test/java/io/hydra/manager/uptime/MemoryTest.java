package io.hydra.manager.uptime;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.model.NodeName;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MemoryTest {
  private static final Memory.Kept KEPT =
      new Memory.Kept(
          3,
          Instant.parse("2026-11-26T18:30:00Z"),
          "Mon-Fri 08:00-19:30 Europe/Berlin; Sat 10:00-12:00 UTC",
          Optional.of(2),
          Set.of(NodeName.of("node-2"), NodeName.of("node-1")));

  private static Map<String, String> written(Memory memory) {
    var annotations = new HashMap<String, String>();
    memory
        .annotations()
        .forEach((key, value) -> value.ifPresent(text -> annotations.put(key, text)));
    return annotations;
  }

  @Test
  void givenAMemory_thenItsAnnotationsTellAllOfIt() {
    assertThat(Memory.of(written(KEPT))).isEqualTo(KEPT);
    assertThat(written(KEPT))
        .containsEntry("hydra/uptime-replicas", "3")
        .containsEntry("hydra/uptime-nodes", "node-1,node-2");
  }

  @Test
  void givenNothingToRemember_thenAllAnnotationsAreTakenAway() {
    var annotations = new Memory.Blank().annotations();

    assertThat(annotations).hasSize(4);
    assertThat(annotations.values()).allMatch(Optional::isEmpty);
    assertThat(Memory.of(Map.of("other", "3"))).isEqualTo(new Memory.Blank());
  }

  @Test
  void givenOnlyReplicas_thenTheyAreOfADowntimeLongAgo() {
    assertThat(Memory.of(Map.of(Memory.REPLICAS, "3")))
        .isEqualTo(new Memory.Kept(3, Instant.EPOCH, "", Optional.empty(), Set.of()));
  }

  @Test
  void givenWhatIsNoNumberOrNode_thenItIsUnreadable() {
    assertThat(Memory.of(Map.of(Memory.REPLICAS, "-3"))).isInstanceOf(Memory.Unreadable.class);
    for (var text : new String[] {"4294967295", "2147483648", "+", "three"}) {
      assertThat(Memory.of(Map.of(Memory.REPLICAS, text)))
          .as(text)
          .isInstanceOf(Memory.Unreadable.class);
    }
    assertThat(Memory.of(Map.of(Memory.REPLICAS, "3", Memory.MANUAL, "many")))
        .isEqualTo(
            new Memory.Unreadable(
                "annotation hydra/uptime-manual: 'many' is no number of replicas"));
    assertThat(Memory.of(Map.of(Memory.REPLICAS, "3", Memory.NODES, "-/-")))
        .isInstanceOf(Memory.Unreadable.class);
  }
}
