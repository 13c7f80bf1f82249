package io.hydra.cli.output;

/** A text in a table. What others wrote is made harmless for a terminal. */
public record Cell(String text, Style style) {
  public static final Cell EMPTY = Cell.of("");

  public Cell {
    text = harmless(text);
  }

  public static Cell of(String text) {
    return new Cell(text, Style.PLAIN);
  }

  /** Control characters could move the cursor or retitle the window: they are shown as escapes. */
  public static String harmless(String text) {
    if (text.chars().noneMatch(Character::isISOControl)) {
      return text;
    }
    var shown = new StringBuilder();
    text.codePoints()
        .forEach(
            point -> {
              if (Character.isISOControl(point)) {
                shown.append("\\u%04x".formatted(point));
                return;
              }
              shown.appendCodePoint(point);
            });
    return shown.toString();
  }
}
