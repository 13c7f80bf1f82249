package io.hydra.testing.demo;

import io.hydra.testing.models.ModelFiles;
import io.hydra.testing.s3.Bucket;

/** Puts a release's datasets where its template looks for them. */
final class Datasets {
  private static final long INDEX_FILE_BYTES = 256L << 20;

  private final Bucket bucket;
  private final ModelFiles models;
  private final long indexBytes;

  /**
   * @param indexBytes size of the generated index; 0 for none
   */
  Datasets(Bucket bucket, ModelFiles models, long indexBytes) {
    this.bucket = bucket;
    this.models = models;
    this.indexBytes = indexBytes;
  }

  /**
   * Uploads models, and the index if there is one.
   *
   * @param modelVersion of the models, as their project names it
   * @param version under which they are published
   */
  void upload(String modelVersion, String version) {
    for (var dataset : ModelFiles.DATASETS) {
      var file = models.file(modelVersion, dataset);
      bucket.put(dataset + "/" + version + "/" + file.getFileName(), file);
    }
    long part = 0;
    for (long left = indexBytes; left > 0; left -= INDEX_FILE_BYTES) {
      bucket.putGenerated(
          "index/%s/part-%04d".formatted(version, part),
          Math.min(left, INDEX_FILE_BYTES),
          31L * version.hashCode() + part);
      part++;
    }
  }

  String template() {
    return indexBytes > 0
        ? "testing/src/main/demo/template-with-index.json"
        : "testing/src/main/demo/template.json";
  }
}
