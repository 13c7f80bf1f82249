package io.hydra.testing.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FetchResultsTest {
  private static final FetchWork LARGE = FetchWork.parse("4GiB");
  private static final String NATIVE = FetchResults.agent(Side.NATIVE);
  private static final String JVM = FetchResults.agent(Side.JVM);

  private final FetchResults results = results(false);

  private static FetchResults results(boolean https) {
    return new FetchResults(
        List.of(LARGE), List.of(NATIVE, JVM), List.of("s5cmd", "rclone"), https);
  }

  private static FetchSample sample(double wall, double processor, double peak) {
    return new FetchSample(
        seconds(wall), seconds(processor), seconds(processor + 1), peak, seconds(0.5));
  }

  private static Duration seconds(double seconds) {
    return Duration.ofNanos((long) (seconds * 1e9));
  }

  private static Row row(FetchResults results, String name) {
    return results.rows().stream()
        .filter(row -> row.measure().name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void givenRunsOfBoth_whenRead_thenARowHasMediansAndTellsRanges() {
    results.put(LARGE, NATIVE, sample(3, 1, 30));
    results.put(LARGE, NATIVE, sample(9, 1, 30));
    results.put(LARGE, NATIVE, sample(2, 1, 30));
    results.put(LARGE, "s5cmd", sample(6, 4, 20));

    var wall = row(results, "1 x 4 GiB: wall, docto native");

    assertThat(wall.ours()).contains(3.0);
    assertThat(wall.peer()).contains(6.0);
    assertThat(wall.peerName()).contains("s5cmd");
    assertThat(wall.ratio()).contains(0.5);
    assertThat(wall.notes())
        .containsExactly("docto native 2.00 to 9.00 in 3 run(s)", "s5cmd 6.00 to 6.00 in 1 run(s)");
  }

  @Test
  void givenTheNativeBuild_whenRead_thenItIsJudgedBesideTheReference() {
    results.put(LARGE, NATIVE, sample(3, 2, 65));
    results.put(LARGE, NATIVE, sample(3, 2, 60));
    results.put(LARGE, "s5cmd", sample(6, 4, 20));

    assertThat(row(results, "1 x 4 GiB: wall, s5cmd by docto native"))
        .satisfies(
            row -> {
              assertThat(row.ours()).contains(2.0);
              assertThat(row.holds()).contains(true);
            });
    assertThat(row(results, "1 x 4 GiB: processor time, docto native by s5cmd"))
        .satisfies(
            row -> {
              assertThat(row.ours()).contains(0.5);
              assertThat(row.holds()).contains(false);
            });
    // The most of all runs counts.
    assertThat(row(results, "1 x 4 GiB: resident, peak, docto native").holds()).contains(false);
  }

  @Test
  void givenWhatTheDiskTakesAlone_whenRead_thenOursStandsBesideIt() {
    results.put(LARGE, NATIVE, sample(6, 2, 60));
    results.put(LARGE, DiskAlone.TITLE, sample(5, 0, 0));

    var row = row(results, "1 x 4 GiB: wall, docto native by disk alone");

    assertThat(row.ours()).contains(1.2);
    assertThat(row.holds()).isEmpty();
    assertThat(results.table(LARGE)).anyMatch(line -> line.startsWith("disk alone"));
  }

  @Test
  void givenTheJvm_whenRead_thenItIsComparedAndNotJudged() {
    results.put(LARGE, JVM, sample(3, 2, 200));
    results.put(LARGE, "s5cmd", sample(6, 4, 20));

    assertThat(results.rows())
        .filteredOn(row -> row.measure().name().contains(JVM))
        .filteredOn(row -> row.ours().isPresent())
        .isNotEmpty()
        .allMatch(row -> row.holds().isEmpty());
    assertThat(row(results, "1 x 4 GiB: wall, s5cmd by " + JVM).ours()).contains(2.0);
  }

  @Test
  void givenHttps_whenBothBuildsWereMeasured_thenTheNativeOneIsHeldAgainstTheJvm() {
    var name = "1 x 4 GiB: wall, %s by docto native".formatted(JVM);
    var encrypted = results(true);
    for (var each : List.of(results, encrypted)) {
      each.put(LARGE, NATIVE, sample(4, 2, 60));
      each.put(LARGE, JVM, sample(3, 2, 200));
    }

    assertThat(row(encrypted, name).holds()).contains(false);
    assertThat(row(results, name).holds()).isEmpty();
  }

  @Test
  void givenWhoTakesNoPart_whenRead_thenItsRowsSayWhy() {
    results.missing(NATIVE, "it is not built");
    results.missing(NATIVE, "later");
    results.put(LARGE, "s5cmd", sample(6, 4, 20));
    results.failed(LARGE, "rclone", "exit code 3");

    assertThat(row(results, "1 x 4 GiB: wall, s5cmd by docto native"))
        .satisfies(
            row -> {
              assertThat(row.ours()).isEmpty();
              assertThat(row.holds()).isEmpty();
              assertThat(row.notes()).containsExactly("docto native not measured: it is not built");
            });
    assertThat(results.table(LARGE))
        .anyMatch(line -> line.startsWith("s5cmd"))
        .contains(
            "    docto native not measured: it is not built",
            "    rclone not measured: exit code 3",
            "    %s not measured: nobody got to it".formatted(JVM));
  }

  @Test
  void givenARowOfItsOwn_whenRead_thenItComesLastAndIsJudged() {
    var again = Measure.of("fetched again", "MiB").withGoal(Goal.atMost(33));
    results.put(
        new Row(again, Optional.of(20.0), Optional.empty(), Optional.empty(), List.of("note")));

    assertThat(results.rows().getLast().measure()).isEqualTo(again);
    assertThat(results.judged().getLast().notes()).containsExactly("note");
  }
}
