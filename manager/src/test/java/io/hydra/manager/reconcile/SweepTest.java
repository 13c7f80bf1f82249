package io.hydra.manager.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SweepTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final int FEW = 100;

  private final Sweep sweep = new Sweep();

  @Test
  void givenTheStart_whenLookedAt_thenEverythingIsDueOnce() {
    assertThat(sweep.due(START, FEW)).hasSize(Sweep.PARTS);
    assertThat(sweep.due(START, FEW)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0, 10", "2000, 10", "4000, 20", "12000, 60", "1000000, 60"})
  void givenMembers_whenThereAreMore_thenARoundTakesLongerUpToAMinute(int members, int seconds) {
    assertThat(Sweep.round(members)).isEqualTo(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @CsvSource({"100, 10, 6", "4000, 20, 3", "12000, 60, 1"})
  void givenALookEachSecond_whenARoundIsOver_thenEachPartCameOnceAndFewAtATime(
      int members, int seconds, int together) {
    sweep.due(START, members);
    var seen = new HashMap<Integer, Integer>();
    for (int second = 1; second <= seconds; second++) {
      var due = sweep.due(START.plusSeconds(second), members);
      assertThat(due).hasSize(together);
      due.forEach(part -> seen.merge(part, 1, Integer::sum));
    }

    assertThat(seen).hasSize(Sweep.PARTS).allSatisfy((part, times) -> assertThat(times).isOne());
  }

  @Test
  void givenLooksAtAnyTime_whenTheyGoOn_thenNoPartWaitsLongerThanARoundAndALook() {
    Map<Integer, Instant> last = new HashMap<>();
    var now = START;
    for (int look = 0; look < 200; look++) {
      var at = now;
      sweep.due(at, FEW).forEach(part -> last.put(part, at));
      assertThat(last.values())
          .allMatch(
              time ->
                  Duration.between(time, at).compareTo(Sweep.round(FEW).plus(Duration.ofSeconds(4)))
                      <= 0);
      now = now.plusMillis(1000 + 700L * (look % 5));
    }
    assertThat(last).hasSize(Sweep.PARTS);
  }

  @Test
  void givenALongPause_whenLookedAt_thenEverythingIsDueOnce() {
    sweep.due(START, FEW);

    assertThat(sweep.due(START.plusSeconds(500), FEW)).hasSize(Sweep.PARTS);
    assertThat(sweep.due(START.plusSeconds(501), FEW)).hasSize(6);
  }

  @Test
  void givenAClockThatIsSetBack_whenLookedAt_thenItGoesOn() {
    sweep.due(START, FEW);

    assertThat(sweep.due(START.minusSeconds(3600), FEW)).hasSize(Sweep.PARTS);
    assertThat(sweep.due(START.minusSeconds(3599), FEW)).hasSize(6);
  }

  @Test
  void givenABeginning_whenLookedAt_thenEverythingIsDueAgain() {
    sweep.due(START, FEW);
    sweep.begin();

    assertThat(sweep.due(START.plusMillis(1), FEW)).hasSize(Sweep.PARTS);
  }
}
