package io.hydra.testing.bench;

import io.hydra.testing.process.Repository;
import io.hydra.testing.s3.S3Access;
import io.hydra.testing.s3.S3Peer;
import io.hydra.testing.s3.Uploads;
import io.hydra.testing.s3.Uploads.Generated;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/**
 * What is fetched: made once and kept by the server between runs.
 *
 * @param directory of one kind of server
 */
record FetchData(Path directory) {
  static final String BUCKET = "bench";

  /** Datasets of the release of which one changes. */
  static final int DATASETS = 10;

  private static final int FILES = 4;

  /** Not the size of any work's files, so that these are told apart. */
  private static final long FILE_BYTES = (4L << 20) + 1;

  private static final int SEEDS_OF_ONE = 100;

  static FetchData of(S3Peer.Kind kind) {
    return new FetchData(
        Repository.root().resolve("target/bench/fetch-data").resolve(kind.title()));
  }

  /** Where the server keeps it. */
  Path objects() {
    return directory.resolve("objects");
  }

  /** Whether it was uploaded before. */
  boolean has(String what) {
    return Files.exists(noted(what));
  }

  private Path noted(String what) {
    return directory.resolve("has-" + what);
  }

  void upload(S3Access s3, List<FetchWork> works, Progress progress)
      throws IOException, InterruptedException, ExecutionException {
    try (var uploads = new Uploads(s3, BUCKET)) {
      for (var work : works) {
        upload(uploads, work.name(), work.objects(), progress);
      }
      var small = new ArrayList<Generated>();
      for (int dataset = 0; dataset <= DATASETS; dataset++) {
        for (int file = 0; file < FILES; file++) {
          var key = "datasets/%d/part-%d".formatted(dataset, file);
          small.add(new Generated(key, FILE_BYTES, (long) dataset * SEEDS_OF_ONE + file));
        }
      }
      upload(uploads, "datasets", small, progress);
    }
  }

  private void upload(Uploads uploads, String what, List<Generated> objects, Progress progress)
      throws IOException, InterruptedException, ExecutionException {
    if (has(what)) {
      return;
    }
    progress.say("uploading " + what + ", once");
    uploads.put(objects);
    Files.createFile(noted(what));
  }

  static Map<String, String> sources(List<FetchWork> works) {
    var sources = new LinkedHashMap<String, String>();
    works.forEach(work -> sources.put("work-" + works.indexOf(work), source(work.prefix())));
    for (int dataset = 0; dataset <= DATASETS; dataset++) {
      sources.put("dataset-" + dataset, source("datasets/" + dataset + "/"));
    }
    return sources;
  }

  private static String source(String prefix) {
    return "s3://%s/%s".formatted(BUCKET, prefix);
  }

  /** Whoever is first should not be the one who waits for the server's disk. */
  void warm() throws IOException {
    try (var files = Files.walk(objects())) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        try (InputStream in = Files.newInputStream(file)) {
          in.transferTo(OutputStream.nullOutputStream());
        }
      }
    }
  }
}
