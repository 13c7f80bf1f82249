package io.hydra.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTest {
  @Test
  void columnsAreAlignedAndLinesHaveNoBlanksAtTheirEnds() {
    var table =
        new Table("NAME", "STATE", "NOTE")
            .row(Cell.of("a-long-name"), Cell.of("ok"), Cell.of("yes"))
            .row(Cell.of("b"), Cell.of("waiting"));

    assertThat(table.lines(false))
        .containsExactly(
            "NAME         STATE    NOTE", //
            "a-long-name  ok       yes",
            "b            waiting");
  }

  @Test
  void aColumnThatSaysNothingIsLeftOut() {
    var table = new Table("A", "FAULT", "B").row(Cell.of("1"), Cell.EMPTY, Cell.of("2"));

    assertThat(table.lines(false)).containsExactly("A  B", "1  2");
  }

  @Test
  void coloursTakeNoRoom() {
    var table =
        new Table("A", "B")
            .row(new Cell("good", Style.GOOD), Cell.of("x"))
            .row(Cell.of("plain"), Cell.of("y"));

    assertThat(table.lines(true).get(1)).isEqualTo("\u001b[32mgood\u001b[0m   x");
  }

  @Test
  void whatOthersWroteCannotSteerTheTerminal() {
    assertThat(Cell.of("a\u001b[2Jb\nc").text()).isEqualTo("a\\u001b[2Jb\\u000ac");
  }
}
