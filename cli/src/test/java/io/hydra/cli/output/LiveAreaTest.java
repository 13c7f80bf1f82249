package io.hydra.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveAreaTest {
  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
  private final LiveArea area =
      new LiveArea(new PrintStream(screen, true, StandardCharsets.UTF_8), () -> new ScreenSize(4));

  @Test
  void theSecondDrawingGoesOverTheFirst() {
    area.draw(List.of("one", "two"));
    screen.reset();

    area.draw(List.of("three"));

    assertThat(drawn()).contains("\u001b[2A", "\rthree\u001b[K\n\u001b[J");
  }

  @Test
  void whatExceedsTheScreenIsCountedOnly() {
    area.draw(List.of("1", "2", "3", "4", "5"));

    assertThat(drawn()).contains("2", "… and 3 more lines").doesNotContain("\r3");
  }

  @Test
  void theCursorComesBackOnceAtTheEnd() {
    area.draw(List.of("one"));
    area.close();
    screen.reset();

    area.close();
    area.draw(List.of("late"));

    assertThat(drawn()).isEmpty();
  }

  @Test
  void aClosedAreaShowsTheCursor() {
    area.draw(List.of("one"));

    area.close();

    assertThat(drawn()).endsWith("\u001b[?25h");
  }

  @Test
  void anAnswerOfSttyIsRead() {
    assertThat(ScreenSize.parse("50 120\n")).isEqualTo(new ScreenSize(50));
  }

  @Test
  void aTerminalWithoutASizeHasTheUsualOne() {
    assertThat(ScreenSize.parse("0 0")).isEqualTo(ScreenSize.USUAL);
  }

  private String drawn() {
    return screen.toString(StandardCharsets.UTF_8);
  }
}
