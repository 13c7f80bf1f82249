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

  private Map<String, String> labels(Map<String, String> own) {
    return labels.labels(new NodeRegistration(N1, own, "/data", "1"));
  }

  @Test
  void givenLabelsOfBoth_thenTheNodeHasThemTogether() {
    labels.put(N1, Map.of("zone", "a"));

    assertThat(labels(Map.of("disk", "nvme"))).isEqualTo(Map.of("zone", "a", "disk", "nvme"));
  }

  @Test
  void givenALabelOfBoth_thenTheNodesOwnHolds() {
    labels.put(N1, Map.of("zone", "a"));

    assertThat(labels(Map.of("zone", "b"))).isEqualTo(Map.of("zone", "b"));
  }

  @Test
  void givenTheSameLabelsAgain_thenNothingIsTold() {
    labels.put(N1, Map.of("zone", "a"));
    labels.put(N1, Map.of("zone", "a"));
    assertThat(changes).hasSize(1);

    labels.put(N1, Map.of());
    labels.put(N1, Map.of());
    assertThat(changes).hasSize(2);
    assertThat(labels(Map.of())).isEmpty();
  }
}
