package io.hydra.cli.output;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Rows under headings, columns aligned, two blanks between them. A column in which no row says
 * anything is left out.
 */
public final class Table {
  private static final int GAP = 2;

  private final List<Cell> headings;
  private final List<List<Cell>> rows = new ArrayList<>();

  public Table(String... headings) {
    this.headings = List.of(headings).stream().map(text -> new Cell(text, Style.HEADING)).toList();
  }

  /** Adds a row; it may be shorter than the headings. */
  public Table row(Cell... cells) {
    rows.add(List.of(cells));
    return this;
  }

  public List<String> lines(boolean coloured) {
    var columns = IntStream.range(0, headings.size()).filter(this::says).toArray();
    var all = Stream.concat(Stream.of(headings), rows.stream()).toList();
    var widths = Arrays.stream(columns).map(column -> width(all, column)).toArray();
    return all.stream().map(row -> line(row, columns, widths, coloured)).toList();
  }

  private boolean says(int column) {
    return rows.isEmpty() || rows.stream().anyMatch(row -> length(cell(row, column)) > 0);
  }

  private static int width(List<List<Cell>> all, int column) {
    return all.stream().mapToInt(row -> length(cell(row, column))).max().orElse(0);
  }

  private static String line(List<Cell> row, int[] columns, int[] widths, boolean coloured) {
    var line = new StringBuilder();
    int gap = 0;
    for (int i = 0; i < columns.length; i++) {
      var cell = cell(row, columns[i]);
      if (!cell.text().isEmpty()) {
        line.repeat(' ', gap).append(cell.style().paint(cell.text(), coloured));
        gap = 0;
      }
      gap += widths[i] - length(cell) + GAP;
    }
    return line.toString();
  }

  /** A row may be shorter than the headings. */
  private static Cell cell(List<Cell> row, int column) {
    return column < row.size() ? row.get(column) : Cell.EMPTY;
  }

  private static int length(Cell cell) {
    return cell.text().codePointCount(0, cell.text().length());
  }
}
