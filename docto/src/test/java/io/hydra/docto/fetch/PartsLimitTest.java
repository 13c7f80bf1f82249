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

  private PartsLimit limit = PartsLimit.begin(RANGE);

  @Test
  void givenNoLatency_whenMoreBringNothing_thenItStaysAndTriesLessAndLessOften() {
    var parts = run(1000, _ -> 100);

    assertThat(parts).allMatch(n -> n == 4 || n == 6 || n == 8);
    assertThat(parts.subList(0, 100).stream().filter(n -> n > 4)).hasSizeBetween(2, 8);
    assertThat(parts.subList(100, 1000).stream().filter(n -> n > 4).count()).isLessThan(40);
  }

  @Test
  void givenALongRoundTrip_whenEachPartBringsAsMuch_thenItIsAtTheMostWithinTenWindows() {
    var parts = run(10, source(0.080, 8 << 20, 1e12));

    assertThat(parts.getLast()).isEqualTo(32);
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
      limit = limit.after(new Window(i * 100.0, false, false));
    }

    assertThat(limit.parts()).isEqualTo(4);
  }

  @Test
  void givenATrial_whenItsSlotsAreNotUsed_thenItIsOff() {
    run(2, source(0.080, 8 << 20, 1e12));
    assertThat(limit.parts()).isEqualTo(8);

    limit = limit.after(new Window(1, false, false));
    assertThat(limit.parts()).as("they are taken one after another").isEqualTo(8);
    limit = limit.after(new Window(1, false, false));

    assertThat(limit.parts()).isEqualTo(4);
  }

  @Test
  void givenATrialWithFewer_whenThoseTooManyAreNotDone_thenItIsNotJudged() {
    run(20, source(0.080, 8 << 20, 1e12));
    assertThat(limit.parts()).isEqualTo(32);
    while (limit.parts() == 32) {
      limit = limit.after(new Window(100, true, false));
    }
    int fewer = limit.parts();

    for (int i = 0; i < 5; i++) {
      limit = limit.after(new Window(90, true, true));
      assertThat(limit.parts()).isEqualTo(fewer);
    }
    limit = limit.after(new Window(90, true, false));
    limit = limit.after(new Window(60, true, false));

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
      limit = limit.throttled().after(new Window(0, true, false));
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
      limit = limit.after(new Window(rate.applyAsDouble(limit.parts()), true, false));
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
