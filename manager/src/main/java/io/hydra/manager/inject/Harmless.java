package io.hydra.manager.inject;

/** Text that comes from anybody, for logs and terminals: nothing of it is validated yet. */
final class Harmless {
  private Harmless() {}

  /** Without control characters, and cut. */
  static String text(String text, int longest) {
    var shown = text.length() > longest ? text.substring(0, longest) + "…" : text;
    return shown.replaceAll("\\p{Cntrl}", "?");
  }
}
