package io.hydra.error;

/**
 * Hostile input may reach a terminal or a log: control characters are shown as escapes, long text
 * is cut.
 */
public final class Printable {
  private static final int LONGEST = 200;

  private Printable() {}

  /** Cut after {@value #LONGEST} characters. */
  public static String of(String given) {
    var shown = new StringBuilder();
    given
        .codePoints()
        .limit(LONGEST)
        .forEach(
            c -> {
              if (Character.isISOControl(c)) {
                shown.append("\\u%04x".formatted(c));
                return;
              }
              shown.appendCodePoint(c);
            });
    return given.codePointCount(0, given.length()) > LONGEST ? shown + "…" : shown.toString();
  }
}
