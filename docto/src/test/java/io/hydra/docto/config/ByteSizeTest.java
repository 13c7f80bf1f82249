package io.hydra.docto.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizeTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1048576, 1048576",
    "512B, 512",
    "64MiB, 67108864",
    "64mib, 67108864",
    "1K, 1024",
    "10 GB, 10000000000",
    "1.5KiB, 1536",
    "2TiB, 2199023255552"
  })
  void givenASizeThenItsBytes(String text, long bytes) {
    assertThat(ByteSize.of(text).bytes()).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "MiB", "-1", "1 apple", "1XB", "1.5.2K"})
  void givenSomethingElseThenItIsRefusedByName(String text) {
    assertThatThrownBy(() -> ByteSize.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + text + "'");
  }
}
