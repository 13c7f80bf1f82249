package io.hydra.testing.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TableTest {
  private static Row row(String unit, double ours) {
    return new Row(
        Measure.of("a", unit), Optional.of(ours), Optional.empty(), Optional.empty(), List.of());
  }

  @Test
  void givenSecondsAndRatios_whenPrinted_thenTheyHaveTwoDigitsAndOthersOne() {
    var lines =
        Table.lines(
            List.of(row("s", 1.234), row("times", 1.364), row("MiB", 51.26)), "o", "p", "r");

    assertThat(lines.get(1)).contains(" 1.23 ");
    assertThat(lines.get(2)).contains(" 1.36 ");
    assertThat(lines.get(3)).contains(" 51.3 ");
  }

  @Test
  void givenCells_whenAligned_thenNamesAreToTheLeftAndNumbersToTheRight() {
    assertThat(Table.aligned(List.of(List.of("name", "s"), List.of("x", "10")), 1))
        .containsExactly("name   s", "x     10");
  }
}
