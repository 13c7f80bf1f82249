package io.hydra.testing.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryTest {
  @Test
  void givenAStatus_whenParsed_thenItIsInMebibytes() throws IOException {
    var status =
        """
        Name:	docto: x
        VmPeak:	  999999 kB
        VmHWM:	   51200 kB
        VmRSS:	   40960 kB
        RssAnon:	   10240 kB
        RssFile:	   30720 kB
        Threads:	12
        """;

    assertThat(Memory.parse(status)).isEqualTo(new Memory(40, 10, 30, 50));
  }

  @Test
  void givenTheStatusOfAProcessThatHasEnded_whenParsed_thenThatIsSaid() {
    assertThatThrownBy(() -> Memory.parse("Name:\tdocto\nState:\tZ (zombie)\n"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("ended");
  }

  @Test
  void givenSeveral_whenTheMiddleIsAsked_thenItIsTheOneInTheMiddleByResident() {
    var small = new Memory(1, 1, 0, 9);
    var middle = new Memory(2, 0, 2, 2);
    var large = new Memory(3, 1, 2, 3);

    assertThat(Memory.middle(List.of(large, small, middle))).isEqualTo(middle);
  }
}
