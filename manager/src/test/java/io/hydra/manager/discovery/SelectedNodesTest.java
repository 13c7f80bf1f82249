package io.hydra.manager.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.model.NodeName;
import io.hydra.wire.NodeRegistration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SelectedNodesTest {
  private static final NodeName N1 = NodeName.of("n1");
  private static final NodeName N2 = NodeName.of("n2");

  private final Roster roster = new Roster();
  private final NodeLabels others = new NodeLabels();
  private final SelectedNodes selected = new SelectedNodes(roster, others);
  private final List<SelectedNodes.Change> changes = new ArrayList<>();

  private void register(NodeName name, Map<String, String> labels) {
    roster.put(new NodeRegistration(name, labels, "/data", "1"));
  }

  @Test
  void givenNodesOfSomeLabels_whenSelected_thenThoseWithAllOfThemMatch() {
    register(N1, Map.of("zone", "a", "disk", "nvme"));
    register(N2, Map.of("zone", "a"));

    assertThat(selected.matching(Map.of("zone", "a"))).containsExactlyInAnyOrder(N1, N2);
    assertThat(selected.matching(Map.of("zone", "a", "disk", "nvme"))).containsExactly(N1);
    assertThat(selected.matching(Map.of("zone", "b"))).isEmpty();
  }

  @Test
  void givenASelectorWithoutLabels_whenSelected_thenNoNodeMatches() {
    register(N1, Map.of("zone", "a"));

    assertThat(selected.matching(Map.of())).isEmpty();
  }

  @Test
  void givenPodsWithASelectorOrWithout_whenAsked_thenTheyMayBeBoundToThoseThatMatchOrToAll() {
    register(N1, Map.of("zone", "a"));
    register(N2, Map.of());

    assertThat(selected.admitting(Map.of("zone", "a"))).containsExactly(N1);
    assertThat(selected.admitting(Map.of())).containsExactlyInAnyOrder(N1, N2);
  }

  @Test
  void givenLabelsOfOthers_whenTheyComeAndGo_thenTheNodeMatchesMeanwhile() {
    register(N1, Map.of("disk", "nvme"));
    others.put(N1, Map.of("zone", "a"));
    assertThat(selected.matching(Map.of("zone", "a", "disk", "nvme"))).containsExactly(N1);

    others.put(N1, Map.of());
    assertThat(selected.matching(Map.of("zone", "a"))).isEmpty();
    assertThat(selected.matching(Map.of("disk", "nvme"))).containsExactly(N1);
  }

  @Test
  void givenALabelOfBoth_whenSelected_thenTheNodesOwnHolds() {
    others.put(N1, Map.of("zone", "a"));
    register(N1, Map.of("zone", "b"));

    assertThat(selected.matching(Map.of("zone", "a"))).isEmpty();
    assertThat(selected.matching(Map.of("zone", "b"))).containsExactly(N1);
  }

  @Test
  void givenLabelsOfANodeThatIsNotRegistered_whenSelected_thenItDoesNotMatch() {
    others.put(N1, Map.of("zone", "a"));

    assertThat(selected.matching(Map.of("zone", "a"))).isEmpty();
  }

  @Test
  void givenANodeThatIsForgotten_whenSelected_thenItDoesNotMatch() {
    register(N1, Map.of("zone", "a"));
    roster.remove(N1);

    assertThat(selected.matching(Map.of("zone", "a"))).isEmpty();
  }

  @Test
  void givenNodesFromBefore_whenItBegins_thenItKnowsThem() {
    register(N1, Map.of("zone", "a"));

    assertThat(new SelectedNodes(roster, others).matching(Map.of("zone", "a"))).containsExactly(N1);
  }

  @Test
  void givenAChangeOfLabels_whenTold_thenItSaysBothAndIsKnownByThen() {
    selected.onChange(changes::add);
    selected.onChange(
        change -> assertThat(selected.matching(change.after())).contains(change.node()));

    register(N1, Map.of("zone", "a"));
    register(N1, Map.of("zone", "a"));
    register(N1, Map.of("zone", "b"));

    assertThat(changes)
        .containsExactly(
            new SelectedNodes.Change(N1, Map.of(), Map.of("zone", "a")),
            new SelectedNodes.Change(N1, Map.of("zone", "a"), Map.of("zone", "b")));
  }
}
