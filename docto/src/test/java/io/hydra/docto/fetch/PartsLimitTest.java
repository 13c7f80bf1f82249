package io.hydra.docto.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hydra.docto.fetch.PartsLimit.Range;
import io.hydra.docto.fetch.PartsLimit.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a source whose throughput is known. */
class PartsLimitTest {
  private static final Range RANGE = new Range(4, 32);
  private static final double HARDLY = 0.02;

  private PartsLimit limit = PartsLimit.begin(RANGE);

  @Test
  void givenNoLatency_whenMoreBringNothing_thenItStaysAndTriesLessAndLessOften() {
    var parts = run(1000, _ -> 100);

    assertThat(parts).allMatch(n -> n == 4 || n == 6 || n == 8);
    assertThat(parts.subList(0, 100).stream().filter(n -> n > 4)).hasSizeBetween(2, 8);
    assertThat(parts.subList(100, 1000).stream().filter(n -> n > 4).count()).isLessThan(40);
  }

  @ParameterizedTest
  @CsvSource({"0.080, 8388608", "0.020, 65536", "0.080, 16384"})
  void givenALongRoundTrip_whenEachPartBringsAsMuch_thenItIsAtTheMostWithinTenWindows(
      double rtt, long partBytes) {
    var parts = run(10, source(rtt, partBytes, 1e12));

    assertThat(parts.getLast()).isEqualTo(32);
  }

  @Test
  void givenSlotsThatDoLittleButWait_whenTheFirstWindowEnds_thenItLeaps() {
    limit = limit.after(new Window(100, 0.9, true, false));

    assertThat(limit.parts()).isEqualTo(32);
  }

  @ParameterizedTest
  @CsvSource({"0.5, 8", "0.75, 16", "0.1, 8", "0, 8"})
  void givenSomeWaiting_whenTheFirstWindowEnds_thenAsManyAsKeepSoManyAtWorkAreTried(
      double waiting, int tried) {
    limit = limit.after(new Window(100, waiting, true, false));

    assertThat(limit.parts()).isEqualTo(tried);
  }

  @Test
  void givenALeap_whenItBroughtLessThanItsPrice_thenAsManyStayAsWhatItBroughtIsWorth() {
    limit = limit.after(new Window(100, 0.9, true, false));

    run(2, _ -> 220);

    assertThat(limit.parts()).isEqualTo(9);
  }

  @Test
  void givenASourceThatGivesNothing_whenWindowsPass_thenItIsNotAskedByMore() {
    for (int i = 0; i < 20; i++) {
      limit = limit.after(new Window(0, 1, true, false));
      assertThat(limit.parts()).isEqualTo(4);
    }
  }

  @Test
  void givenALeap_whenTheSourceStopsToGive_thenItGoesBack() {
    limit = limit.after(new Window(100, 0.9, true, false));

    run(2, _ -> 0);

    assertThat(limit.parts()).isEqualTo(4);
  }

  @Test
  void givenALeap_whenItBroughtNothing_thenItGoesBack() {
    limit = limit.after(new Window(100, 0.9, true, false));

    run(2, _ -> 90);

    assertThat(limit.parts()).isEqualTo(4);
  }

  @Test
  void givenNothingKnown_whenItBegins_thenAWindowIsAsLongAsSomeParts() {
    assertThat(limit.rounds()).isEqualTo(1);
    limit = limit.after(new Window(100, 0.9, true, false));
    assertThat(limit.rounds()).as("until all have begun").isEqualTo(1);
    run(1, _ -> 100);
    assertThat(limit.rounds()).isEqualTo(2);
    run(1, _ -> 100);
    assertThat(limit.rounds()).as("now it rests").isEqualTo(PartsLimit.UNTIL_ITS_TIME);
  }

  @ParameterizedTest
  @CsvSource({"0.080, 16384, 25e6", "0.080, 8388608, 100e6", "0.020, 65536, 20e6"})
  void givenALongRoundTripAndAWire_whenItHasClimbed_thenTheWireIsUsedWithoutManyToSpare(
      double rtt, long partBytes, double wire) {
    var source = source(rtt, partBytes, wire);
    int needed =
        IntStream.rangeClosed(4, 32)
            .filter(n -> source.applyAsDouble(n) >= 0.999 * source.applyAsDouble(32))
            .findFirst()
            .orElseThrow();

    var parts = run(60, source).getLast();

    assertThat(source.applyAsDouble(parts)).isGreaterThan(0.7 * source.applyAsDouble(32));
    assertThat(parts).isLessThanOrEqualTo(2 * needed);
  }

  @Test
  void givenSmallFilesBeforeLargeOnes_whenMoreBringNothingAnyMore_thenItComesDown() {
    run(20, source(0.080, 16 * 1024, 1e9));
    assertThat(limit.parts()).isEqualTo(32);

    run(200, _ -> 100);

    assertThat(limit.parts()).isLessThanOrEqualTo(8);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void givenMeasurementsThatVary_whenMoreBringNothing_thenItHardlyEverHasMoreThanADozen(long seed) {
    var random = new Random(seed);

    var parts = run(2000, _ -> 100 * (1 + 0.1 * random.nextGaussian()));

    assertThat(parts.stream().filter(n -> n > 12).count()).isLessThan(200);
  }

  @Test
  void givenSlotsThatAreNotUsed_whenWindowsPass_thenNothingIsLearnt() {
    for (int i = 0; i < 100; i++) {
      limit = limit.after(new Window(i * 100.0, HARDLY, false, false));
    }

    assertThat(limit.parts()).isEqualTo(4);
  }

  @Test
  void givenATrial_whenItsSlotsAreNotUsed_thenItIsOff() {
    limit = limit.after(new Window(1, HARDLY, true, false));
    assertThat(limit.parts()).isEqualTo(8);

    limit = limit.after(new Window(1, HARDLY, false, false));
    assertThat(limit.parts()).as("they are taken one after another").isEqualTo(8);
    limit = limit.after(new Window(1, HARDLY, false, false));

    assertThat(limit.parts()).isEqualTo(4);
  }

  @Test
  void givenATrialWithFewer_whenThoseTooManyAreNotDone_thenItIsNotJudged() {
    run(20, source(0.080, 8 << 20, 1e12));
    assertThat(limit.parts()).isEqualTo(32);
    while (limit.parts() == 32) {
      limit = limit.after(new Window(100, HARDLY, true, false));
    }
    int fewer = limit.parts();

    for (int i = 0; i < 5; i++) {
      limit = limit.after(new Window(90, HARDLY, true, true));
      assertThat(limit.parts()).isEqualTo(fewer);
    }
    limit = limit.after(new Window(90, HARDLY, true, false));
    limit = limit.after(new Window(60, HARDLY, true, false));

    assertThat(limit.parts()).as("fewer bring much less").isEqualTo(32);
  }

  @Test
  void givenThrottling_whenManyPartsAreToldAtOnce_thenItIsHalvedOnce() {
    run(10, source(0.080, 8 << 20, 1e12));

    for (int i = 0; i < 32; i++) {
      limit = limit.throttled();
    }

    assertThat(limit.parts()).isEqualTo(16);
  }

  @Test
  void givenThrottlingThatGoesOn_whenWindowsPass_thenItEndsAtOneAndComesBackSlowly() {
    for (int i = 0; i < 10; i++) {
      limit = limit.throttled().after(new Window(0, HARDLY, true, false));
    }
    assertThat(limit.parts()).isEqualTo(1);

    var parts = run(8, _ -> 100);

    assertThat(parts).isSorted().endsWith(4).contains(2, 3);
  }

  @Test
  void givenThrottlingThatEnds_whenItHasRecovered_thenItGoesOnWhereItWas() {
    run(10, source(0.080, 8 << 20, 1e12));
    limit = limit.throttled();

    var parts = run(40, source(0.080, 8 << 20, 1e12));

    assertThat(parts.subList(0, 10)).allMatch(n -> n <= 21);
    assertThat(parts.getLast()).isEqualTo(32);
  }

  @Test
  void givenASourceThatThrottlesAboveANumber_whenTimePasses_thenItSwingsBelowAndAroundIt() {
    var parts = new ArrayList<Integer>();
    for (int i = 0; i < 500; i++) {
      if (limit.parts() > 10) {
        limit = limit.throttled();
      }
      parts.addAll(run(1, n -> n));
    }

    assertThat(parts).allMatch(n -> n <= 16);
    assertThat(parts.subList(20, 500).stream().mapToInt(n -> n).average().orElseThrow())
        .isBetween(5.0, 10.0);
  }

  @Test
  void givenOneThatMayBe_whenItClimbs_thenItStays() {
    limit = PartsLimit.begin(new Range(1, 1));

    assertThat(run(100, n -> n)).containsOnly(1);
  }

  @Test
  void givenFewerThanToBeginWith_whenThatIsTheMost_thenItIsRefused() {
    assertThatThrownBy(() -> new Range(4, 3)).hasMessageContaining("4 <= 3");
  }

  /** The limit of each window. */
  private List<Integer> run(int windows, IntToDoubleFunction rate) {
    var parts = new ArrayList<Integer>();
    for (int i = 0; i < windows; i++) {
      limit = limit.after(new Window(rate.applyAsDouble(limit.parts()), HARDLY, true, false));
      parts.add(limit.parts());
    }
    return parts;
  }

  /**
   * Bytes a second with so many parts at once, each of which waits for one round trip, and then has
   * 20 MB/s, or its share of the wire.
   */
  private static IntToDoubleFunction source(double rtt, long partBytes, double wire) {
    double each = partBytes / (rtt + partBytes / 20e6);
    return parts -> Math.min(wire, parts * each);
  }
}
