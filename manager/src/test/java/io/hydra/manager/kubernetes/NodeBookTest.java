package io.hydra.manager.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.manager.discovery.NodeLabels;
import io.hydra.model.NodeName;
import io.hydra.wire.NodeRegistration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NodeBookTest {
  private static final NodeName N1 = NodeName.of("n1");
  private static final String OWN = "hydra/ready.prod.search.searcher";

  private final NodeLabels labels = new NodeLabels();
  private final NodeBook book = new NodeBook(labels);
  private final List<NodeName> changes = new ArrayList<>();

  NodeBookTest() {
    book.onChange(changes::add);
  }

  private boolean isChosenBy(String key, String value) {
    return value.equals(labels.labels(new NodeRegistration(N1, Map.of(), "/data", "1")).get(key));
  }

  @Test
  void givenANode_thenChannelsChooseByItsLabels_butNotByHydrasOwn() {
    book.put(N1, Map.of("zone", "a", OWN, "1"));

    assertThat(isChosenBy("zone", "a")).isTrue();
    assertThat(isChosenBy(OWN, "1")).isFalse();
    assertThat(book.own(N1)).contains(Map.of(OWN, "1"));
  }

  @Test
  void givenAChangeOfOtherLabels_thenNothingIsTold() {
    book.put(N1, Map.of("zone", "a"));
    assertThat(changes).hasSize(1);
    book.put(N1, Map.of("zone", "b"));
    assertThat(changes).hasSize(1);

    book.put(N1, Map.of("zone", "b", OWN, "1"));
    assertThat(changes).hasSize(2);
  }

  @Test
  void givenANodeThatIsGone_thenNobodyChoosesIt() {
    book.put(N1, Map.of("zone", "a"));
    book.remove(N1);

    assertThat(book.own(N1)).isEmpty();
    assertThat(isChosenBy("zone", "a")).isFalse();
  }
}
