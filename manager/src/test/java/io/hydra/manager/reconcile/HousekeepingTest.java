package io.hydra.manager.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class HousekeepingTest {
  private final World world = new World();

  @Test
  void manifestsAreSweptNowAndThen() {
    world.steps(2);
    world.clock.pass(Duration.ofMinutes(9));
    world.steps(2);
    assertThat(world.channels.sweeps()).hasSize(1);

    world.clock.pass(Duration.ofMinutes(1));
    world.steps(2);
    assertThat(world.channels.sweeps()).hasSize(2);
  }
}
