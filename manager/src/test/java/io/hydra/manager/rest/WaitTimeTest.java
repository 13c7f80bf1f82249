package io.hydra.manager.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hydra.error.HydraException;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WaitTimeTest {

  @ParameterizedTest
  @CsvSource({
    "0s, PT0S",
    "30s, PT30S",
    "500ms, PT0.5S",
    "PT2S, PT2S",
    "60s, PT60S",
    "61s, PT60S",
    "999999s, PT60S",
    "PT1H, PT60S"
  })
  void givenATimeThenItIsReadAndCapped(String text, Duration expected) {
    assertThat(WaitTime.parse(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "30", "-1s", "PT-1S", "soon", "30 s", "99999999s"})
  void givenSomethingElseThenRefused(String text) {
    assertThatThrownBy(() -> WaitTime.parse(text))
        .isInstanceOf(HydraException.class)
        .hasMessageContaining("wait '%s' must be written like 30s".formatted(text));
  }
}
