package io.hydra.testing.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BenchOptionsTest {
  @Test
  void givenNoArgument_whenParsed_thenItIdlesTenMinutesAndStartsNineTimes() {
    assertThat(BenchOptions.parse())
        .isEqualTo(new BenchOptions(Duration.ofMinutes(10), 9, false, false));
  }

  @ParameterizedTest
  @CsvSource({"30s,30", "10m,600", "2h,7200"})
  void givenATime_whenParsed_thenItIdlesThatLong(String text, long seconds) {
    assertThat(BenchOptions.parse("--idle=" + text, "--starts=3"))
        .isEqualTo(new BenchOptions(Duration.ofSeconds(seconds), 3, false, false));
  }

  @Test
  void givenTls_whenParsed_thenTheRestStaysAsItWas() {
    assertThat(BenchOptions.parse("--idle=30s", "--tls"))
        .isEqualTo(new BenchOptions(Duration.ofSeconds(30), 9, true, false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"--idle", "--idle=", "--idle=30", "--idle=-1s", "--starts=0", "--starts=100", "x"})
  void givenAMistake_whenParsed_thenItIsRefused(String argument) {
    assertThatThrownBy(() -> BenchOptions.parse(argument))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
