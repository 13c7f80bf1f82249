package io.hydra.cli.follow;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.cli.Samples;
import io.hydra.wire.ChannelStatus;
import io.hydra.wire.RolloutPhase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DisplayTest {
  private final List<String> lines = new ArrayList<>();
  private final LineDisplay display = new LineDisplay(lines::add, () -> "12:00");

  @Test
  void aLineIsPrintedForWhatChangedOnly() {
    display.show(fetching(10));
    lines.clear();

    display.show(fetching(30));

    assertThat(lines).containsExactly("12:00  node node-1  CONNECTED, 30% of 100 B");
  }

  @Test
  void progressWithinATenthIsNoLine() {
    display.show(fetching(30));
    lines.clear();

    display.show(fetching(39));

    assertThat(lines).isEmpty();
  }

  @Test
  void whoIsGoneIsSaidToBe() {
    display.show(fetching(30));
    lines.clear();

    display.show(
        Samples.status(
            RolloutPhase.FETCHING, Optional.of(Samples.FIRST), "", List.of(), List.of()));

    assertThat(lines).containsExactly("12:00  node node-1  gone");
  }

  @Test
  void aManagerThatIsAwayIsToldOnceAndSoIsItsReturn() {
    display.show(fetching(30));
    lines.clear();

    display.unreachable("no manager answers");
    display.unreachable("no manager answers");
    display.show(fetching(30));

    assertThat(lines)
        .containsExactly(
            "12:00  manager  no manager answers; asking again", "12:00  manager  answers again");
  }

  @Test
  void aDocumentIsPrintedForEachChange() {
    var documents = new ArrayList<ChannelStatus>();
    var display = new DocumentDisplay(documents::add, lines::add);

    display.show(fetching(1));
    display.show(fetching(1));
    display.show(fetching(2));

    assertThat(documents).containsExactly(fetching(1), fetching(2));
  }

  private static ChannelStatus fetching(long readyBytes) {
    return Samples.status(
        RolloutPhase.FETCHING,
        Optional.of(Samples.FIRST),
        "",
        List.of(Samples.progress("node-1", readyBytes, 100)),
        List.of());
  }
}
