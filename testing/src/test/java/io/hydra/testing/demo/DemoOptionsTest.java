package io.hydra.testing.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DemoOptionsTest {
  @Test
  void givenNoArgument_whenParsed_thenItStaysUpWithoutAnIndex() {
    assertThat(DemoOptions.parse(new String[0])).isEqualTo(new DemoOptions(false, false, 0, false));
  }

  @ParameterizedTest
  @CsvSource({"7,7", "3KiB,3072", "5MiB,5242880", "2GiB,2147483648"})
  void givenASize_whenParsed_thenItIsInBytes(String text, long bytes) {
    assertThat(DemoOptions.parse(new String[] {"--once", "--size=" + text}))
        .isEqualTo(new DemoOptions(true, false, bytes, false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--twice", "--size=", "--size=2GB", "--size=-1", "once"})
  void givenAMistake_whenParsed_thenItIsNamed(String argument) {
    assertThatThrownBy(() -> DemoOptions.parse(new String[] {argument}))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
