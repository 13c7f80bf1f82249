package io.hydra.appman.drain;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.appman.config.Settings;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DrainTest {
  private static final Instant SINCE = Instant.parse("2026-11-08T09:00:00Z");
  private static final Settings.Timing TIMING =
      new Settings.Timing(Duration.ofSeconds(2), Duration.ofSeconds(30), Duration.ofMinutes(2));

  @Test
  void givenNothingInHand_thenItIsOverAfterTheSettleTimeAndNotBefore() throws Exception {
    var drain = new Drain(TIMING, Optional::of, () -> true);

    assertThat(drain.isOver(SINCE, SINCE.plusMillis(1999))).isFalse();
    assertThat(drain.isOver(SINCE, SINCE.plusMillis(2000))).isTrue();
  }

  @Test
  void givenRequestsInHand_thenItIsOverAtTheDeadlineAndNotBefore() throws Exception {
    var drain = new Drain(TIMING, Optional::of, () -> false);

    assertThat(drain.isOver(SINCE, SINCE.plusMillis(29_999))).isFalse();
    assertThat(drain.isOver(SINCE, SINCE.plusMillis(30_000))).isTrue();
  }

  @Test
  void givenTraffic_thenTheSettleTimeBeginsWhenItIsGone() throws Exception {
    var drain = new Drain(TIMING, unready -> Optional.of(unready.plusSeconds(5)), () -> true);

    assertThat(drain.isOver(SINCE, SINCE.plusMillis(6_999))).isFalse();
    assertThat(drain.isOver(SINCE, SINCE.plusMillis(7_000))).isTrue();
  }

  @Test
  void givenTrafficThatIsNeverGone_thenItIsOverAtTheDeadlineAndNotBefore() throws Exception {
    var drain = new Drain(TIMING, unready -> Optional.empty(), () -> true);

    assertThat(drain.isOver(SINCE, SINCE.plusMillis(29_999))).isFalse();
    assertThat(drain.isOver(SINCE, SINCE.plusMillis(30_000))).isTrue();
  }
}
