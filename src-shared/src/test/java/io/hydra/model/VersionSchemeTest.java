package io.hydra.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionSchemeTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-02-29T00-00-00",
        "2026-13-01T00-00-00",
        "2026-01-01T24-00-00",
        "2026-01-01",
        "2026-01-01T00:00:00",
        "latest",
        ""
      })
  void whatIsNoInstantIsNoTimestampVersion(String text) {
    assertThat(VersionScheme.TIMESTAMP.parse(text)).isEmpty();
  }

  @Test
  void timestampNamesAnInstantToTheSecond() {
    assertThat(VersionScheme.TIMESTAMP.at(Instant.parse("2026-11-08T09:01:02.9Z")))
        .contains(new ReleaseVersion("2026-11-08T09-01-02"));
  }

  @ParameterizedTest
  @CsvSource({"1.9.0,1.10.0,-1", "1.2,1.2.0,0", "2,1.99,1", "1.0.0.1,1.0.0,1"})
  void dottedVersionsAreOrderedNumberByNumber(String left, String right, int order) {
    assertThat(VersionScheme.DOTTED.compare(new ReleaseVersion(left), new ReleaseVersion(right)))
        .isEqualTo(order);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.", ".1", "1..2", "1.2.3.4.5", "v1", "1234567890", "-1"})
  void whatIsNoRowOfNumbersIsNoDottedVersion(String text) {
    assertThat(VersionScheme.DOTTED.parse(text)).isEmpty();
  }
}
