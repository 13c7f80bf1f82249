package io.hydra.testing.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LandscapeTest {
  private static final Landscape LANDSCAPE = new Landscape(10_000, 1000);

  @Test
  void givenAsManyGroupsAsPools_thenEachChannelHasFourNodesAndEachPoolAnInstance() {
    assertThat(LANDSCAPE.doctosOf(0, 5000)).isEqualTo(4);
    assertThat(LANDSCAPE.doctosOf(9999, 5000)).isEqualTo(4);
    assertThat(LANDSCAPE.appMansOf(9990, 5000)).isEqualTo(1);
    assertThat(LANDSCAPE.appMansOf(9991, 5000)).isZero();
    assertThat(Landscape.doctos(5000)).isEqualTo(4000);
  }

  @Test
  void givenFewerAgents_thenTheLaterPoolsAreEmpty() {
    assertThat(LANDSCAPE.doctosOf(999, 1000)).isEqualTo(4);
    assertThat(LANDSCAPE.doctosOf(9999, 1000)).isZero();
  }

  @Test
  void givenMoreAgents_thenTheFirstPoolsStayAsTheyAre() {
    for (int channel = 0; channel < 1000; channel += 10) {
      assertThat(LANDSCAPE.doctosOf(channel, 10_000)).isEqualTo(4);
    }
  }

  @Test
  void givenAnyNumberOfAgents_thenEachDoctoIsInOnePool() {
    for (int agents : new int[] {1000, 5000, 10_000}) {
      int all = IntStream.range(0, 1000).map(pool -> LANDSCAPE.doctosOf(pool * 10, agents)).sum();
      assertThat(all).isEqualTo(Landscape.doctos(agents));
    }
  }

  @Test
  void givenAGroup_thenItIsFourDoctosAndAnAppMan() {
    assertThat(LANDSCAPE.group(7))
        .extracting(Role::path)
        .containsExactly(
            "/api/v1/nodes/node-7-0",
            "/api/v1/nodes/node-7-1",
            "/api/v1/nodes/node-7-2",
            "/api/v1/nodes/node-7-3",
            "/api/v1/instances/instance-7");
  }
}
