package io.hydra.cli.output;

import java.util.ArrayList;
import java.util.List;

/** Rows under headings, columns aligned, two blanks between them. */
public final class Table {
  private static final String GAP = "  ";

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

  public boolean isEmpty() {
    return rows.isEmpty();
  }

  public List<String> lines(boolean coloured) {
    var all = new ArrayList<List<Cell>>();
    all.add(headings);
    all.addAll(rows);
    var widths = widths(all);
    return all.stream().map(row -> line(row, widths, coloured)).toList();
  }

  private int[] widths(List<List<Cell>> all) {
    var widths = new int[headings.size()];
    for (var row : all) {
      for (int i = 0; i < row.size(); i++) {
        widths[i] = Math.max(widths[i], length(row.get(i)));
      }
    }
    return widths;
  }

  private static String line(List<Cell> row, int[] widths, boolean coloured) {
    var line = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      var cell = row.get(i);
      line.append(cell.style().paint(cell.text(), coloured));
      if (i < row.size() - 1) {
        line.repeat(' ', widths[i] - length(cell)).append(GAP);
      }
    }
    return line.toString().stripTrailing();
  }

  private static int length(Cell cell) {
    return cell.text().codePointCount(0, cell.text().length());
  }
}
