package io.hydra.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantitiesTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "1023, 1023 B",
    "1024, 1.0 KiB",
    "11114905, 10.6 MiB",
    "1048575, 1.0 MiB",
    "1099511627776, 1.0 TiB",
    "9223372036854775807, 8.0 EiB"
  })
  void bytesAreInTheLargestUnit(long bytes, String shown) {
    assertThat(Quantities.bytes(bytes)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({"0, 0s", "59, 59s", "61, 1m", "7199, 1h", "200000, 2d", "-5, 0s"})
  void agesAreInTheLargestWholeUnit(long seconds, String shown) {
    assertThat(Quantities.age(NOW.minusSeconds(seconds), NOW)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({"0, 10, 0", "999, 1000, 99", "10, 10, 100", "0, 0, 100", "11, 10, 100"})
  void aHundredPercentIsAllOfIt(long part, long total, int percent) {
    assertThat(Quantities.percent(part, total)).isEqualTo(percent);
  }

  @Test
  void aBarIsFilledInProportion() {
    assertThat(Quantities.bar(1, 4)).isEqualTo("[#####...............]");
  }

  @Test
  void timesAreInTheZoneOfTheReader() {
    assertThat(Quantities.time(NOW.plusMillis(5), ZoneId.of("Europe/Zurich")))
        .isEqualTo("2026-11-22T13:00:00+01:00");
  }

  @ParameterizedTest
  @CsvSource({"0, 0s", "90, 1m30s", "5400, 1h30m"})
  void durationsAreWrittenAsOptionsTakeThem(long seconds, String shown) {
    assertThat(Quantities.duration(Duration.ofSeconds(seconds))).isEqualTo(shown);
  }
}
