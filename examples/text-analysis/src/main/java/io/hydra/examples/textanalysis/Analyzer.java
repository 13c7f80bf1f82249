package io.hydra.examples.textanalysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import opennlp.tools.langdetect.LanguageDetectorME;
import opennlp.tools.postag.POSTaggerME;
import opennlp.tools.sentdetect.SentenceDetectorME;
import opennlp.tools.tokenize.TokenizerME;

/**
 * Analyses texts with one set of models. Not thread-safe, as OpenNLP's tools keep state between
 * calls: make one per request, which is cheap beside the models.
 */
final class Analyzer {
  private static final String SAMPLE = "This service reads a text. It answers what it found.";

  private final Models models;
  private final LanguageDetectorME languages;
  private final SentenceDetectorME sentences;
  private final TokenizerME tokens;
  private final POSTaggerME tags;

  Analyzer(Models models) {
    this.models = models;
    languages = new LanguageDetectorME(models.langdetect().model());
    sentences = new SentenceDetectorME(models.sentdetect().model());
    tokens = new TokenizerME(models.tokenizer().model());
    tags = new POSTaggerME(models.pos().model());
  }

  Analysis analyze(String text) {
    var found = Arrays.stream(sentences.sentDetect(text)).map(this::sentence).toList();
    return new Analysis(
        languages.predictLanguage(text).getLang(), found, models.version(), models.sequence());
  }

  private Analysis.Sentence sentence(String text) {
    var words = tokens.tokenize(text);
    var found = tags.tag(words);
    List<Analysis.Token> tagged = new ArrayList<>(words.length);
    for (int i = 0; i < words.length; i++) {
      tagged.add(new Analysis.Token(words[i], found[i]));
    }
    return new Analysis.Sentence(text, tagged);
  }

  /**
   * Tries the models on a sample before any request meets them.
   *
   * @throws LoadFailure when the models load but do not work together
   */
  static void check(Models models) throws LoadFailure {
    try {
      var analysis = new Analyzer(models).analyze(SAMPLE);
      if (!analysis.language().equals("eng") || analysis.sentences().size() != 2) {
        throw new LoadFailure("the models fail on a sample text: " + analysis);
      }
    } catch (RuntimeException unusable) {
      throw new LoadFailure("the models fail on a sample text: " + unusable, unusable);
    }
  }
}
