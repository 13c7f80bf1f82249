package io.hydra.cli.output;

/** What a piece of text means, and with that its colour. */
public enum Style {
  PLAIN(""),
  HEADING("1"),
  GOOD("32"),
  BUSY("36"),
  WARNING("33"),
  BAD("31"),
  QUIET("2");

  private final String escape;

  Style(String escape) {
    this.escape = escape;
  }

  /** The text in this style's colour, or as it is. */
  public String paint(String text, boolean coloured) {
    return !coloured || escape.isEmpty() || text.isEmpty()
        ? text
        : "\u001b[" + escape + "m" + text + "\u001b[0m";
  }
}
