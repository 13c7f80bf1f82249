package io.hydra.testing.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgentsOptionsTest {
  @Test
  void givenNoArgument_whenParsed_thenItIsTheFullSize() {
    var options = AgentsOptions.parse();

    assertThat(options.agents()).isEqualTo(5000);
    assertThat(options.moreAgents()).isEqualTo(10_000);
    assertThat(options.channels()).isEqualTo(10_000);
    assertThat(options.publishes()).isEqualTo(200);
    assertThat(options.build()).isEmpty();
    assertThat(options.peer()).isTrue();
  }

  @Test
  void givenEachArgument_whenParsed_thenItCounts() {
    assertThat(
            AgentsOptions.parse(
                "--agents=100",
                "--more-agents=200",
                "--channels=300",
                "--publishes=20",
                "--jvm",
                "--heap=256m",
                "--no-peer"))
        .isEqualTo(
            new AgentsOptions(100, 200, 300, 20, Optional.of(Side.JVM), "256m", false, false));
  }

  @Test
  void givenMoreAgentsThanTheLastOnes_whenParsed_thenTheLastOnesAreAsMany() {
    assertThat(AgentsOptions.parse("--agents=20000").moreAgents()).isEqualTo(20_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--agents",
        "--agents=",
        "--agents=0",
        "--agents=501",
        "--agents=1000000",
        "--more-agents=7",
        "--channels=50",
        "--channels=150",
        "--publishes=9",
        "--heap=much",
        "--native=1",
        "x"
      })
  void givenAMistake_whenParsed_thenItIsRefused(String argument) {
    assertThatThrownBy(() -> AgentsOptions.parse(argument))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void givenTooFewOpenFiles_whenRequired_thenItIsSaidHowMany() {
    var options = AgentsOptions.parse("--agents=5000");

    assertThatThrownBy(() -> options.requireFiles(1024))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("6500")
        .hasMessageContaining("1024")
        .hasMessageContaining("ulimit -n 11500");
    assertThatCode(() -> options.requireFiles(6500)).doesNotThrowAnyException();
  }
}
