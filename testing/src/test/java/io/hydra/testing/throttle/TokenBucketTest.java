package io.hydra.testing.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
  private final AtomicLong now = new AtomicLong(-1);
  private final TokenBucket bucket = new TokenBucket(100, 10, now::get);

  @Test
  void givenManyAtOnce_whenTaken_thenThereIsABurst() {
    assertThat(takenOf(50)).isEqualTo(10);
  }

  @Test
  void givenItIsEmpty_whenTimePasses_thenSoManyASecondGoThrough() {
    takenOf(10);
    int taken = 0;
    for (int millis = 0; millis < 1000; millis++) {
      now.addAndGet(TimeUnit.MILLISECONDS.toNanos(1));
      taken += takenOf(1);
    }

    assertThat(taken).isBetween(99, 100);
  }

  @Test
  void givenALongPause_whenTaken_thenThereIsNoMoreThanABurst() {
    takenOf(10);
    now.addAndGet(TimeUnit.MINUTES.toNanos(1));

    assertThat(takenOf(50)).isEqualTo(10);
  }

  private int takenOf(int attempts) {
    return (int) IntStream.range(0, attempts).filter(attempt -> bucket.take()).count();
  }
}
