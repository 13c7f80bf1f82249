package io.hydra.manager.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.model.ChannelId;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SelectorsTest {
  private static final ChannelId C1 = new ChannelId("prod", "shop", "search");
  private static final ChannelId C2 = new ChannelId("prod", "shop", "ranking");

  private final Selectors selectors = new Selectors();

  @Test
  void givenSelectors_whenMatched_thenThoseOfWhichTheLabelsHaveAllAreFound() {
    selectors.put(C1, Set.of(Map.of("zone", "a")));
    selectors.put(C2, Set.of(Map.of("zone", "a", "disk", "nvme")));

    assertThat(selectors.matching(Map.of("zone", "a", "os", "linux"))).containsExactly(C1);
    assertThat(selectors.matching(Map.of("zone", "a", "disk", "nvme")))
        .containsExactlyInAnyOrder(C1, C2);
    assertThat(selectors.matching(Map.of("disk", "nvme"))).isEmpty();
  }

  @Test
  void givenASelectorThatChanges_whenMatched_thenOnlyTheNewOneCounts() {
    selectors.put(C1, Set.of(Map.of("zone", "a")));
    selectors.put(C2, Set.of(Map.of("zone", "a")));
    selectors.put(C1, Set.of(Map.of("zone", "b")));

    assertThat(selectors.matching(Map.of("zone", "a"))).containsExactly(C2);
    assertThat(selectors.matching(Map.of("zone", "b"))).containsExactly(C1);
  }

  @Test
  void givenAChannelWithSeveralSelectors_whenMatched_thenAnyOfThemFindsIt() {
    selectors.put(C1, Set.of(Map.of("zone", "a"), Map.of("region", "eu"), Map.of()));
    assertThat(selectors.matching(Map.of("region", "eu"))).containsExactly(C1);
    assertThat(selectors.matching(Map.of("zone", "a"))).containsExactly(C1);
    assertThat(selectors.matching(Map.of())).isEmpty();

    selectors.put(C1, Set.of(Map.of("region", "eu")));
    assertThat(selectors.matching(Map.of("zone", "a"))).isEmpty();
    assertThat(selectors.matching(Map.of("region", "eu"))).containsExactly(C1);
  }

  @Test
  void givenNoSelectorAnyMore_whenMatched_thenTheChannelIsNotFound() {
    selectors.put(C1, Set.of(Map.of("zone", "a")));
    selectors.put(C1, Set.of(Map.of()));

    assertThat(selectors.matching(Map.of("zone", "a"))).isEmpty();
  }
}
