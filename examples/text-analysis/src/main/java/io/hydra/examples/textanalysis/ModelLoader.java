package io.hydra.examples.textanalysis;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import opennlp.tools.langdetect.LanguageDetectorModel;
import opennlp.tools.postag.POSModel;
import opennlp.tools.sentdetect.SentenceModel;
import opennlp.tools.tokenize.TokenizerModel;

/** Reads a release's models, taking over from the loaded ones what has not changed. */
final class ModelLoader {
  static final String LANGDETECT = "langdetect";
  static final String SENTDETECT = "sentdetect";
  static final String TOKENIZER = "tokenizer";
  static final String POS = "pos";

  private final Release release;
  private final Optional<Models> before;

  private ModelLoader(Release release, Optional<Models> before) {
    this.release = release;
    this.before = before;
  }

  /**
   * @param before what is loaded now; a model whose digest is the same is not read again
   */
  static Models load(Release release, Optional<Models> before) throws LoadFailure {
    return new ModelLoader(release, before).load();
  }

  private Models load() throws LoadFailure {
    return new Models(
        release.version(),
        release.sequence(),
        model(LANGDETECT, Models::langdetect, LanguageDetectorModel::new),
        model(SENTDETECT, Models::sentdetect, SentenceModel::new),
        model(TOKENIZER, Models::tokenizer, TokenizerModel::new),
        model(POS, Models::pos, POSModel::new),
        others());
  }

  private interface Reader<M> {
    M read(InputStream stream) throws IOException;
  }

  private <M> Models.Loaded<M> model(
      String name, Function<Models, Models.Loaded<M>> part, Reader<M> reader) throws LoadFailure {
    var source = release.datasets().get(name);
    if (source == null) {
      throw new LoadFailure("the release has no dataset '" + name + "'");
    }
    var same = before.map(part).filter(loaded -> loaded.digest().equals(source.digest()));
    if (same.isPresent()) {
      return same.get();
    }
    var file = modelFile(name, Path.of(source.path()));
    try (var stream = new BufferedInputStream(Files.newInputStream(file))) {
      return new Models.Loaded<>(reader.read(stream), source.digest());
    } catch (IOException | RuntimeException broken) {
      // OpenNLP answers some broken files with unchecked exceptions.
      throw new LoadFailure(
          "dataset '" + name + "': " + file.getFileName() + " is no usable model: " + broken,
          broken);
    }
  }

  private static Path modelFile(String name, Path directory) throws LoadFailure {
    try (var files = Files.list(directory)) {
      var models = files.filter(file -> file.toString().endsWith(".bin")).limit(2).toList();
      if (models.size() != 1) {
        throw new LoadFailure(
            "dataset '" + name + "' must hold exactly one *.bin file: " + directory);
      }
      return models.getFirst();
    } catch (IOException unreadable) {
      throw new LoadFailure(
          "dataset '" + name + "' cannot be read: " + directory + ": " + unreadable, unreadable);
    }
  }

  private Map<String, String> others() throws LoadFailure {
    var others = new TreeMap<String, String>();
    for (var dataset : release.datasets().entrySet()) {
      var name = dataset.getKey();
      switch (name) {
        case LANGDETECT, SENTDETECT, TOKENIZER, POS -> {}
        default -> others.put(name, present(name, dataset.getValue()));
      }
    }
    return others;
  }

  private static String present(String name, Release.Source source) throws LoadFailure {
    if (!Files.isDirectory(Path.of(source.path()))) {
      throw new LoadFailure("dataset '" + name + "' is no directory: " + source.path());
    }
    return source.digest();
  }
}
