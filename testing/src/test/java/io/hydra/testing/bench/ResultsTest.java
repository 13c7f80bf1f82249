package io.hydra.testing.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResultsTest {
  private static final Measure IDLE = Measure.of("docto: resident idle", "MiB");
  private static final Measure SIZE = Measure.of("docto: size", "MiB");

  private final Results results = new Results();

  @Test
  void givenAnAnnouncedMeasure_whenNobodyMeasuresIt_thenItsRowSaysSo() {
    results.announce(List.of(IDLE));

    assertThat(results.any()).isFalse();
    assertThat(results.rows())
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.ours()).isEmpty();
              assertThat(row.peer()).isEmpty();
              assertThat(row.notes())
                  .containsExactly(
                      "native not measured: nobody got to it",
                      Side.JVM.title() + " not measured: nobody got to it");
            });
  }

  @Test
  void givenWorkThatFailsHalfway_whenAttempted_thenItsNumbersStayAndTheRestSaysWhy() {
    results.attempt(
        Side.NATIVE,
        List.of(IDLE, SIZE),
        () -> {
          results.put(IDLE, Side.NATIVE, 30);
          throw new IOException("no such file\nmore of it");
        });
    results.put(IDLE, Side.JVM, 120);
    results.put(SIZE, Side.JVM, 60);

    assertThat(results.any()).isTrue();
    assertThat(results.rows().get(0).ours()).contains(30.0);
    assertThat(results.rows().get(0).notes()).isEmpty();
    assertThat(results.rows().get(1).ours()).isEmpty();
    assertThat(results.rows().get(1).notes()).containsExactly("native not measured: no such file");
  }

  @Test
  void givenSeveralReasons_whenTold_thenTheFirstCounts() {
    results.missing(IDLE, Side.NATIVE, "not built");
    results.missing(IDLE, Side.NATIVE, "ended");

    assertThat(results.rows().getFirst().notes()).contains("native not measured: not built");
  }

  @Test
  void givenMeasures_whenAnnounced_thenTheirRowsKeepThatOrder() {
    results.announce(List.of(SIZE, IDLE));
    results.put(IDLE, Side.JVM, 1);

    assertThat(results.rows()).extracting(Row::measure).containsExactly(SIZE, IDLE);
  }
}
