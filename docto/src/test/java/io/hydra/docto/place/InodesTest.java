package io.hydra.docto.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InodesTest {
  private static final Path ANYWHERE = Path.of("/data");

  /** By which it is known for a lack of space. */
  @Test
  void givenFewerThanFilesThenItIsToldInTheWordsOfTheSystem() {
    assertThatThrownBy(() -> Inodes.require(ANYWHERE, 3, _ -> 2))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("No space left on device");
  }

  /** Enough, without a limit, or not known. */
  @ParameterizedTest
  @ValueSource(longs = {3, Long.MAX_VALUE, -38})
  void otherwiseItGoesOn(long free) {
    assertThatCode(() -> Inodes.require(ANYWHERE, 3, _ -> free)).doesNotThrowAnyException();
  }

  @Test
  void asksTheSystem(@TempDir Path directory) {
    assumeTrue(System.getProperty("os.name").equals("Linux"));
    assertThat(Libc.freeInodes(directory.toString())).isPositive();
    assertThat(Libc.freeInodes(directory.resolve("none").toString())).isEqualTo(-2);
  }
}
