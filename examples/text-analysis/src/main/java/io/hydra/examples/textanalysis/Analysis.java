package io.hydra.examples.textanalysis;

import java.util.List;

/**
 * What was found in a text.
 *
 * @param language ISO 639-3 code
 * @param release version of the release whose models found it
 * @param sequence of that release
 */
record Analysis(String language, List<Sentence> sentences, String release, long sequence) {
  record Sentence(String text, List<Token> tokens) {}

  /**
   * @param tag part of speech (Universal Dependencies)
   */
  record Token(String text, String tag) {}
}
