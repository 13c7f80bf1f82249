package io.hydra.docto.pace;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.docto.fakes.FakeTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaceTest {
  private final FakeTime time = new FakeTime();
  private final Instant start = time.instant();

  @ParameterizedTest
  @CsvSource({
    "1000, 10, 100, 1",
    "1000, 7, 1000, 7",
    "3, 1000, 3, 1000",
    "20971520, 40, 524288, 1"
  })
  void givenReadingThenItTakesAsLongAsItsBytesMay(
      long bytesPerSecond, int pieces, long pieceBytes, long seconds) throws InterruptedException {
    var pace = new Pace(bytesPerSecond, time::nanoTime, time::pass);

    for (int i = 0; i < pieces; i++) {
      pace.spend(pieceBytes);
    }

    assertThat(Duration.between(start, time.instant()))
        .isBetween(Duration.ofSeconds(seconds).minusMillis(1), Duration.ofSeconds(seconds));
  }

  @Test
  void givenReadingThatTakesTimeItselfThenOnlyTheRestIsWaitedFor() throws InterruptedException {
    var pace = new Pace(100, time::nanoTime, time::pass);

    for (int i = 0; i < 10; i++) {
      time.pass(Duration.ofMillis(900));
      pace.spend(100);
    }

    assertThat(Duration.between(start, time.instant())).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void givenSeveralThatReadThenEachWaitsForThoseBefore() {
    var pace = new Pace(100, time::nanoTime, time::pass);

    assertThat(pace.claim(100)).isEqualTo(Duration.ofSeconds(1));
    assertThat(pace.claim(50)).isEqualTo(Duration.ofMillis(1500));
    time.pass(Duration.ofSeconds(1));
    assertThat(pace.claim(50)).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void givenALongPauseThenItPaysForOnePieceOnly() throws InterruptedException {
    var pace = new Pace(100, time::nanoTime, time::pass);
    pace.spend(100);
    time.pass(Duration.ofHours(1));
    var again = time.instant();

    pace.spend(100);
    pace.spend(100);
    pace.spend(100);

    assertThat(Duration.between(again, time.instant())).isEqualTo(Duration.ofSeconds(2));
  }
}
