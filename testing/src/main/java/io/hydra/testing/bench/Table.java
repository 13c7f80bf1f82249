package io.hydra.testing.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Rows as text with aligned columns. */
final class Table {
  private static final String NONE = "-";
  private static final int NAMES = 2;
  private static final Set<String> SMALL = Set.of("s", "times");

  private Table() {}

  static List<String> lines(List<Row> rows) {
    return lines(rows, Side.NATIVE.title(), Side.JVM.title(), "native/JVM");
  }

  /**
   * @param ours heads the column of our numbers
   * @param peer that of those we are compared with
   * @param ratio that of what the one is by the other
   */
  static List<String> lines(List<Row> rows, String ours, String peer, String ratio) {
    var cells = new ArrayList<List<String>>();
    cells.add(List.of("measure", "unit", ours, peer, ratio, "goal", "holds"));
    rows.forEach(row -> cells.add(cells(row)));
    var lines = new ArrayList<String>();
    for (int i = 0; i < cells.size(); i++) {
      lines.add(line(cells.get(i), cells, NAMES));
      if (i > 0) {
        rows.get(i - 1).notes().forEach(note -> lines.add("    " + note));
      }
    }
    return lines;
  }

  /**
   * @param cells as many in each line
   * @param names how many columns from the left are names
   */
  static List<String> aligned(List<List<String>> cells, int names) {
    return cells.stream().map(row -> line(row, cells, names)).toList();
  }

  private static List<String> cells(Row row) {
    return List.of(
        row.measure().name(),
        row.measure().unit(),
        number(row.ours(), digits(row)),
        number(row.peer(), digits(row)),
        number(row.ratio(), 2),
        row.measure().goal().map(Goal::toString).orElse(NONE),
        row.holds().map(holds -> holds ? "yes" : "NO").orElse(NONE));
  }

  /** What is told in seconds or as a ratio is often little. */
  private static int digits(Row row) {
    return SMALL.contains(row.measure().unit()) ? 2 : 1;
  }

  private static String number(Optional<Double> value, int digits) {
    return value.map(it -> String.format(Locale.ROOT, "%." + digits + "f", it)).orElse(NONE);
  }

  /** Names to the left, numbers to the right. */
  private static String line(List<String> row, List<List<String>> all, int names) {
    var line = new StringBuilder();
    for (int column = 0; column < row.size(); column++) {
      int at = column;
      int width = all.stream().mapToInt(cells -> cells.get(at).length()).max().orElse(0);
      var gap = " ".repeat(width - row.get(column).length());
      line.append(column == 0 ? "" : "  ");
      line.append(column < names ? row.get(column) + gap : gap + row.get(column));
    }
    return line.toString().stripTrailing();
  }
}
