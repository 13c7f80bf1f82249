package io.hydra.testing.e2e;

import io.hydra.model.DataTemplate;
import io.hydra.model.Placement;
import io.hydra.model.ReleaseVersion;
import io.hydra.model.TemplateDataset;
import io.hydra.testing.models.ModelFiles;
import io.hydra.testing.s3.Bucket;
import io.hydra.wire.PublishRequest;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An endless row of small, different releases that the example service can serve. The tagger is in
 * RAM and differs in each, an index on disk differs in each, the other models stay as they are.
 */
final class Releases {
  private static final DateTimeFormatter VERSION =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH-mm-ss");
  private static final long INDEX_BYTES = 3 << 20;
  private static final long EXTRA_BYTES = 20_000;

  private final Bucket bucket;
  private final ModelFiles models;
  private LocalDateTime next = LocalDateTime.of(2026, 11, 1, 9, 0);
  private int made;

  Releases(Bucket bucket, ModelFiles models) {
    this.bucket = bucket;
    this.models = models;
    for (var dataset : new String[] {"langdetect", "sentdetect", "tokenizer"}) {
      var file = models.file(models.oldest(), dataset);
      bucket.put(dataset + "/" + file.getFileName(), file);
    }
  }

  /** Uploads the data of the next release and returns its version. */
  ReleaseVersion upload() {
    var version = claim();
    var model = models.file(made % 2 == 0 ? models.newest() : models.oldest(), "pos");
    bucket.put("pos/" + version + "/tagger.bin", model);
    bucket.putGenerated("pos/" + version + "/notes.dat", EXTRA_BYTES, made);
    bucket.putGenerated("index/" + version + "/part-0", INDEX_BYTES, made);
    bucket.putGenerated("index/" + version + "/deep/er/part-1", 1000, -made);
    return version;
  }

  /** The same, but no application can load its tagger. */
  ReleaseVersion uploadBroken() {
    var version = claim();
    bucket.put("pos/" + version + "/tagger.bin", "this is no model");
    bucket.putGenerated("index/" + version + "/part-0", INDEX_BYTES, made);
    return version;
  }

  /** A version under which nothing lies yet, newer than all before. */
  ReleaseVersion claim() {
    var version = new ReleaseVersion(VERSION.format(next));
    next = next.plusHours(1);
    made++;
    return version;
  }

  Bucket bucket() {
    return bucket;
  }

  Map<String, TemplateDataset> template() {
    var template = new LinkedHashMap<String, TemplateDataset>();
    template.put("langdetect", disk("langdetect/"));
    template.put("sentdetect", disk("sentdetect/"));
    template.put("tokenizer", disk("tokenizer/"));
    template.put("index", disk("index/" + DataTemplate.PLACEHOLDER + "/"));
    template.put(
        "pos",
        TemplateDataset.of(bucket.url("pos/" + DataTemplate.PLACEHOLDER + "/"), Placement.RAM));
    return template;
  }

  /** The template with one dataset replaced. */
  Map<String, TemplateDataset> templateWith(String dataset, TemplateDataset replacement) {
    var template = new LinkedHashMap<>(template());
    template.put(dataset, replacement);
    return template;
  }

  static PublishRequest request(Map<String, TemplateDataset> template) {
    return new PublishRequest(template, false, Optional.empty(), false);
  }

  private TemplateDataset disk(String key) {
    return TemplateDataset.of(bucket.url(key), Placement.DISK);
  }
}
