package io.hydra.manager.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.manager.apiserver.Followed;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FirstListsTest {
  private static final Followed NODES = new Followed("nodes", "/nodes", "", "", _ -> true);
  private static final Followed PODS = new Followed("pods", "/pods", "", "", _ -> true);

  private final AtomicInteger completed = new AtomicInteger();
  private final FirstLists lists = new FirstLists(2, completed::incrementAndGet);

  @Test
  void givenAKindThatIsListedTwice_thenTheOtherIsStillMissing() {
    lists.told(NODES);
    lists.told(NODES);

    assertThat(completed).hasValue(0);
  }

  @Test
  void givenAllAreListed_thenItIsToldOnce() {
    lists.told(NODES);
    lists.told(PODS);
    lists.told(PODS);

    assertThat(completed).hasValue(1);
  }
}
