package io.hydra.examples.textanalysis;

import java.util.Map;
import java.util.TreeMap;
import opennlp.tools.langdetect.LanguageDetectorModel;
import opennlp.tools.postag.POSModel;
import opennlp.tools.sentdetect.SentenceModel;
import opennlp.tools.tokenize.TokenizerModel;

/**
 * A complete set of loaded models. Immutable and shared by all requests.
 *
 * @param version of the release that they came with
 * @param others digests of datasets that are there but mean nothing to this service, by name
 */
record Models(
    String version,
    long sequence,
    Loaded<LanguageDetectorModel> langdetect,
    Loaded<SentenceModel> sentdetect,
    Loaded<TokenizerModel> tokenizer,
    Loaded<POSModel> pos,
    Map<String, String> others) {
  Models {
    others = Map.copyOf(others);
  }

  /** A model and the digest of the dataset that it was read from. */
  record Loaded<M>(M model, String digest) {}

  /** What is really loaded: dataset name to digest. */
  Map<String, String> digests() {
    var digests = new TreeMap<>(others);
    digests.put(ModelLoader.LANGDETECT, langdetect.digest());
    digests.put(ModelLoader.SENTDETECT, sentdetect.digest());
    digests.put(ModelLoader.TOKENIZER, tokenizer.digest());
    digests.put(ModelLoader.POS, pos.digest());
    return digests;
  }
}
