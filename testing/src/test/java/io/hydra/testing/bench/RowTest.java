package io.hydra.testing.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.wire.HydraJson;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowTest {
  private static final Measure IDLE = Measure.of("appman: resident idle", "MiB");

  @Test
  void givenBothNumbers_whenCompared_thenTheRatioIsOursByThePeers() {
    assertThat(row(IDLE, 30.0, 120.0).ratio()).contains(0.25);
  }

  @Test
  void givenNothingOrZeroToCompareWith_whenCompared_thenThereIsNoRatio() {
    assertThat(row(IDLE, 30.0, 0.0).ratio()).isEmpty();
    assertThat(new Row(IDLE, Optional.of(30.0), Optional.empty(), List.of()).ratio()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"39.9,true", "40,true", "40.1,false"})
  void givenAGoalOfAtMost_whenChecked_thenTheLimitItselfHolds(double value, boolean holds) {
    assertThat(row(IDLE.withGoal(Goal.atMost(40)), value, 1.0).holds()).contains(holds);
  }

  @ParameterizedTest
  @CsvSource({"99.9,true", "100,false", "100.1,false"})
  void givenAGoalOfBelow_whenChecked_thenTheLimitItselfDoesNotHold(double value, boolean holds) {
    assertThat(row(IDLE.withGoal(Goal.below(100)), value, 1.0).holds()).contains(holds);
  }

  @Test
  void givenNoGoalOrNoNumber_whenChecked_thenNobodyCanTell() {
    var unknown =
        new Row(
            IDLE.withGoal(Goal.atMost(30)), Optional.empty(), Optional.of(1.0), List.of("gone"));

    assertThat(row(IDLE, 30.0, 120.0).holds()).isEmpty();
    assertThat(unknown.holds()).isEmpty();
  }

  @Test
  void givenAGoalWithADecimal_whenTold_thenItStandsThere() {
    assertThat(Goal.atMost(1.5)).hasToString("<= 1.5");
    assertThat(Goal.below(1000)).hasToString("< 1000");
  }

  @Test
  void givenNothingToCompareWith_whenWritten_thenThePeerHasNoName() {
    var alone = new Row(IDLE, Optional.of(1.0), Optional.empty(), Optional.empty(), List.of());

    assertThat(alone.asJson()).containsEntry("peerName", Optional.empty());
  }

  @Test
  void givenRows_whenWritten_thenEachHasAllFieldsAndAbsentIsNull(@TempDir Path directory)
      throws Exception {
    var file = directory.resolve("made/footprint.json");
    var measured = row(IDLE.withGoal(Goal.atMost(30)), 33.336, 120.0);
    var missing =
        new Row(IDLE, Optional.empty(), Optional.of(120.0), List.of("native not measured: why"));

    BenchReport.write(List.of(measured, missing), file);

    assertThat(HydraJson.mapper().readTree(file.toFile()))
        .isEqualTo(
            HydraJson.mapper()
                .readTree(
                    """
                    [{"measure": "appman: resident idle", "unit": "MiB", "ours": 33.34, "peer": 120.0,
                      "peerName": "%1$s", "ratio": 0.28, "goal": "<= 30", "holds": false},
                     {"measure": "appman: resident idle; native not measured: why", "unit": "MiB",
                      "ours": null, "peer": 120.0, "peerName": "%1$s", "ratio": null, "goal": null,
                      "holds": null}]
                    """
                        .formatted(Side.JVM.title())));
  }

  @Test
  void givenRows_whenPrinted_thenColumnsAreAlignedAndAMissedGoalIsLoud() {
    var missed = row(IDLE.withGoal(Goal.atMost(30)), 33.336, 120.0);
    var missing =
        new Row(
            Measure.of("cli: size", "MiB"),
            Optional.empty(),
            Optional.of(7.0),
            List.of("native not measured: not built"));

    assertThat(Table.lines(List.of(missed, missing)))
        .containsExactly(
            "measure                unit  native  JVM %d  native/JVM   goal  holds"
                .formatted(Runtime.version().feature()),
            "appman: resident idle  MiB     33.3   120.0        0.28  <= 30     NO",
            "cli: size              MiB        -     7.0           -      -      -",
            "    native not measured: not built");
  }

  private static Row row(Measure measure, double ours, double peer) {
    return new Row(measure, Optional.of(ours), Optional.of(peer), List.of());
  }
}
