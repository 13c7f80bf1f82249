package io.hydra.testing.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class GeneratedStreamTest {
  @Test
  void givenALength_whenRead_thenItHasThatManyBytes() throws IOException {
    assertThat(new GeneratedStream(100_003, 1).readAllBytes()).hasSize(100_003);
  }

  @Test
  void givenTheSameSeed_whenReadTwice_thenTheBytesAreTheSame() throws IOException {
    assertThat(new GeneratedStream(999, 7).readAllBytes())
        .isEqualTo(new GeneratedStream(999, 7).readAllBytes());
  }

  @Test
  void givenAnotherSeed_whenRead_thenTheBytesDiffer() throws IOException {
    assertThat(new GeneratedStream(999, 7).readAllBytes())
        .isNotEqualTo(new GeneratedStream(999, 8).readAllBytes());
  }
}
