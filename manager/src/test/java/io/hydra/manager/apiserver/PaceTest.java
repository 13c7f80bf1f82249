package io.hydra.manager.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PaceTest {
  private final AtomicLong now = new AtomicLong();
  private final Pace pace = new Pace(3, 10, now::get);

  private void takeAll() {
    for (int i = 0; i < 3; i++) {
      assertThat(pace.take()).isZero();
    }
  }

  @Test
  void givenAPause_thenABurstNeedNotWait_andTheNextWaitsItsTurn() {
    takeAll();

    assertThat(pace.take()).isEqualTo(Duration.ofMillis(100));
    assertThat(pace.take()).isEqualTo(Duration.ofMillis(200));
  }

  @Test
  void givenAShortPauseAfterABurst_thenSoManyArePermittedAsItLasted() {
    takeAll();
    now.addAndGet(Duration.ofMillis(200).toNanos());

    assertThat(pace.take()).isZero();
    assertThat(pace.take()).isZero();
    assertThat(pace.take()).isPositive();
  }

  @Test
  void givenALongPause_thenNoMoreThanABurstIsPermitted() {
    takeAll();
    now.addAndGet(Duration.ofHours(1).toNanos());

    takeAll();
    assertThat(pace.take()).isPositive();
  }
}
