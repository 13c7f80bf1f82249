package io.hydra.testing.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class AgentsRowsTest {
  private static final Measure TOLD = Measure.of("all told", "ms").withGoal(Goal.below(1000));
  private static final Measure PEAK = Measure.of("peak", "MiB");

  private final AgentsRows rows = new AgentsRows(new Progress());

  @Test
  void givenBothNumbers_whenRead_thenTheRowComparesThem() {
    rows.announce(TOLD, AgentsMeasures.CONSUL);
    rows.put(TOLD, 50);
    rows.putPeer(TOLD, 100);

    assertThat(rows.rows())
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.ratio()).contains(0.5);
              assertThat(row.holds()).contains(true);
              assertThat(row.peerName()).contains("Consul KV blocking query");
              assertThat(row.notes()).isEmpty();
            });
  }

  @Test
  void givenAMeasurementThatFails_whenAttempted_thenWhatItHasNotPutSaysWhy() throws Exception {
    boolean done =
        rows.attempt(
            List.of(TOLD, PEAK),
            () -> {
              rows.put(TOLD, 50);
              throw new IOException("the manager has ended");
            });

    assertThat(done).isFalse();
    assertThat(rows.of(TOLD)).contains(50.0);
    assertThat(rows.rows())
        .filteredOn(row -> row.measure().equals(PEAK))
        .singleElement()
        .satisfies(row -> assertThat(row.notes().toString()).contains("the manager has ended"));
  }

  @Test
  void givenNoPeer_whenRead_thenNothingIsMissedOfIt() {
    rows.put(PEAK, 200);

    assertThat(rows.rows())
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.peerName()).isEmpty();
              assertThat(row.notes()).isEmpty();
            });
  }

  @Test
  void givenAMeasureThatNobodyGotTo_whenRead_thenItsRowSaysSo() {
    rows.announce(TOLD, AgentsMeasures.CONSUL);

    assertThat(rows.any()).isFalse();
    assertThat(rows.rows())
        .singleElement()
        .satisfies(
            row ->
                assertThat(row.notes())
                    .containsExactly(
                        "not measured: nobody got to it",
                        "Consul KV blocking query not measured: nobody got to it"));
  }

  @Test
  void givenReasons_whenRead_thenTheFirstCountsAndNumbersStay() {
    rows.put(PEAK, 200);
    rows.missing(List.of(TOLD, PEAK), "too few files");
    rows.missing(List.of(TOLD), "ended");

    assertThat(rows.rows().getFirst().notes()).isEmpty();
    assertThat(rows.rows().getLast().notes()).containsExactly("not measured: too few files");
  }
}
