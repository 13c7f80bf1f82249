package io.hydra.manager.rest;

/** What a caller sent, as a refusal may repeat it to a terminal or a log. */
final class Quoted {
  private static final int LONGEST = 60;

  private Quoted() {}

  /** Within quotes, without control characters, cut after {@value #LONGEST} characters. */
  static String of(String given) {
    var shown = new StringBuilder("'");
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
    return shown.append(given.codePointCount(0, given.length()) > LONGEST ? "…'" : "'").toString();
  }
}
