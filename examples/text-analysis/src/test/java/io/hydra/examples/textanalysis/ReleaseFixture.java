package io.hydra.examples.textanalysis;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Releases made of the real models that the build unpacked. */
final class ReleaseFixture {
  private static final Path MODELS = Path.of("target/models").toAbsolutePath();
  private static final String POS = ModelLoader.POS;

  private ReleaseFixture() {}

  static Release old() {
    return release("2026-11-01T09-00-00", 1, Map.of());
  }

  /** As the old one, but with a newer tagger. */
  static Release newer() {
    return release(
        "2026-11-08T09-00-00",
        2,
        Map.of(POS, new Release.Source(MODELS.resolve("new/pos").toString(), "pos-new")));
  }

  /** As the old one, but its tagger lies at {@code directory}. */
  static Release withTagger(Path directory) {
    return release(
        "broken", 3, Map.of(POS, new Release.Source(directory.toString(), "pos-broken")));
  }

  static Release release(String version, long sequence, Map<String, Release.Source> changes) {
    var datasets = new TreeMap<String, Release.Source>();
    for (var name :
        new String[] {ModelLoader.LANGDETECT, ModelLoader.SENTDETECT, ModelLoader.TOKENIZER, POS}) {
      datasets.put(
          name, new Release.Source(MODELS.resolve("old").resolve(name).toString(), name + "-old"));
    }
    datasets.putAll(changes);
    return new Release(version, sequence, datasets);
  }
}
