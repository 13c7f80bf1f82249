package io.hydra.manager.uptime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WorkloadsTest {
  @Test
  void givenAListThatIsToldTwice_thenTheOtherIsStillMissing() {
    var workloads = new Workloads();
    assertThat(workloads.isComplete()).isFalse();
    workloads.expect(2);

    workloads.listed("a");
    workloads.listed("a");
    assertThat(workloads.isComplete()).isFalse();

    workloads.listed("b");
    assertThat(workloads.isComplete()).isTrue();
  }
}
