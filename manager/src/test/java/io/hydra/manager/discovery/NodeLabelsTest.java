package io.hydra.manager.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.model.NodeName;
import io.hydra.wire.NodeRegistration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NodeLabelsTest {
  private static final NodeName N1 = NodeName.of("n1");

  private final NodeLabels labels = new NodeLabels();
  private final List<NodeName> changes = new ArrayList<>();

  NodeLabelsTest() {
    labels.onChange(changes::add);
  }

  private boolean matches(Map<String, String> own, Map<String, String> selector) {
    return labels.matches(new NodeRegistration(N1, own, "/data", "1"), selector);
  }

  @Test
  void givenLabelsOfBoth_thenASelectorMatchesThemTogether() {
    labels.put(N1, Map.of("zone", "a"));

    assertThat(matches(Map.of("disk", "nvme"), Map.of("zone", "a", "disk", "nvme"))).isTrue();
    assertThat(matches(Map.of(), Map.of("zone", "a", "disk", "nvme"))).isFalse();
    assertThat(matches(Map.of(), Map.of("zone", "b"))).isFalse();
  }

  @Test
  void givenALabelOfBoth_thenTheNodesOwnHolds() {
    labels.put(N1, Map.of("zone", "a"));

    assertThat(matches(Map.of("zone", "b"), Map.of("zone", "a"))).isFalse();
    assertThat(matches(Map.of("zone", "b"), Map.of("zone", "b"))).isTrue();
  }

  @Test
  void givenTheSameLabelsAgain_thenNothingIsTold() {
    labels.put(N1, Map.of("zone", "a"));
    labels.put(N1, Map.of("zone", "a"));
    assertThat(changes).hasSize(1);

    labels.put(N1, Map.of());
    labels.put(N1, Map.of());
    assertThat(changes).hasSize(2);
    assertThat(matches(Map.of(), Map.of("zone", "a"))).isFalse();
  }
}
