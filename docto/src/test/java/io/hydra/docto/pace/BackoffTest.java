package io.hydra.docto.pace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class BackoffTest {
  private static final Duration FIRST = Duration.ofMillis(100);
  private static final Duration MAX = Duration.ofSeconds(10);

  @Property
  void delaysNeverExceedTheMaximumNorTheDoubling(
      @ForAll @IntRange(min = 1) int attempt, @ForAll @DoubleRange(max = 0.99) double chance) {
    var backoff = new Backoff(FIRST, MAX, () -> chance);

    assertThat(backoff.anyUpTo(attempt)).isBetween(Duration.ZERO, MAX);
    assertThat(backoff.anyUpTo(1)).isLessThan(FIRST);
  }

  @Property
  void atLeastHalfNeverIsABusyLoop(
      @ForAll @IntRange(min = 1) int attempt, @ForAll @DoubleRange(max = 0.99) double chance) {
    var backoff = new Backoff(FIRST, MAX, () -> chance);

    assertThat(backoff.atLeastHalf(attempt)).isBetween(FIRST.dividedBy(2), MAX);
  }
}
