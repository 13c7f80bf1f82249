package io.hydra.testing.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProcessUseTest {
  @Test
  void givenAStat_whenParsed_thenItIsTheTimeOfChildrenWhateverTheName() throws IOException {
    var stat =
        "42 (a (b) 1 2 3) S 1 42 42 0 -1 4194560 9 8 7 6 1000 2000 30 12 20 0 40 0 555 1 2 3\n";

    assertThat(ProcessUse.ofEndedChildren(stat)).isEqualTo(Duration.ofMillis(420));
  }

  @Test
  void givenTooShortAStat_whenParsed_thenThatIsSaid() {
    assertThatThrownBy(() -> ProcessUse.ofEndedChildren("42 (a) S 1 42"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cutime");
  }
}
