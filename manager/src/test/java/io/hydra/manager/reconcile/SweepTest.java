package io.hydra.manager.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SweepTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final Sweep sweep = new Sweep();

  @Test
  void givenTheStart_whenLookedAt_thenEverythingIsDueOnce() {
    assertThat(sweep.due(START)).hasSize(10);
    assertThat(sweep.due(START)).isEmpty();
  }

  @Test
  void givenALookEachSecond_whenARoundIsOver_thenEachPartCameAloneAndOnce() {
    sweep.due(START);
    var seen = new HashMap<Integer, Integer>();
    for (int second = 1; second <= 10; second++) {
      var due = sweep.due(START.plusSeconds(second));
      assertThat(due).hasSize(1);
      due.forEach(part -> seen.merge(part, 1, Integer::sum));
    }

    assertThat(seen).hasSize(10).allSatisfy((part, times) -> assertThat(times).isEqualTo(1));
  }

  @Test
  void givenLooksAtAnyTime_whenTheyGoOn_thenNoPartWaitsLongerThanARoundAndALook() {
    Map<Integer, Instant> last = new HashMap<>();
    var now = START;
    for (int look = 0; look < 200; look++) {
      var at = now;
      sweep.due(at).forEach(part -> last.put(part, at));
      assertThat(last.values())
          .allMatch(
              time ->
                  Duration.between(time, at).compareTo(Sweep.ROUND.plus(Duration.ofSeconds(4)))
                      <= 0);
      now = now.plusMillis(1000 + 700L * (look % 5));
    }
    assertThat(last).hasSize(10);
  }

  @Test
  void givenABeginning_whenLookedAt_thenEverythingIsDueAgain() {
    sweep.due(START);
    sweep.begin(START.plusMillis(1));

    assertThat(sweep.due(START.plusMillis(1))).hasSize(10);
  }
}
