package io.hydra.testing.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PublishCostTest {
  @Test
  void givenBusyAndIdleWindows_whenTold_thenTheDifferenceIsThePublishes() {
    // Three windows of ten seconds each: 900 ms a second in all with publishes, 600 without.
    assertThat(PublishCost.byPublish(900, 600, 500)).isEqualTo(6.0);
  }

  @Test
  void givenContent_whenItsDigestIsTold_thenItIsThatOfItsManifest() {
    assertThat(FleetPublisher.digest("a")).isNotEqualTo(FleetPublisher.digest("b"));
    assertThat(FleetPublisher.digest("a")).isEqualTo(FleetPublisher.digest("a"));
  }
}
