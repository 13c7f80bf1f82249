package io.hydra.manager.channel;

import static java.nio.charset.StandardCharsets.UTF_8;

/** As much of a text as is kept of it. */
final class Beginning {
  private Beginning() {}

  /**
   * @param most characters
   */
  static String of(String text, int most) {
    var beginning = text.substring(0, Math.min(text.length(), most));
    // Half of a pair of surrogates, cut here or come so, cannot be written as JSON.
    return new String(beginning.getBytes(UTF_8), UTF_8);
  }
}
