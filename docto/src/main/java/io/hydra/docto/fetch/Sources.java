package io.hydra.docto.fetch;

import io.hydra.docto.config.FetchConfig;
import io.hydra.docto.config.S3Config;
import io.hydra.docto.config.SourcesConfig;
import io.hydra.docto.s3.FallbackListener;
import io.hydra.docto.s3.S3;
import io.hydra.docto.s3.S3Address;
import io.hydra.docto.source.FetchException;
import io.hydra.docto.source.FetchException.Cause;
import io.hydra.docto.source.Source;
import io.hydra.model.InlineFile;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.List;

/** Finds the source that a dataset's address names, if this node may read it. */
@Singleton
public class Sources implements AutoCloseable {
  private static final String FILE = "file://";

  private final SourcesConfig allowed;
  private final S3 s3;

  Sources(SourcesConfig allowed, S3Config s3, FetchConfig fetch, FallbackListener fallbacks) {
    this.allowed = allowed;
    this.s3 = new S3(s3, fetch, fallbacks);
  }

  /**
   * @param source {@code s3://bucket/key}, {@code file:///path}, where a prefix ends in '/', or
   *     {@link InlineFile#SOURCE}
   * @throws FetchException {@code DENIED} where the node's rules forbid it
   */
  public Source of(String source) throws FetchException {
    if (source.equals(InlineFile.SOURCE)) {
      return new InlineSource();
    }
    if (source.startsWith(FILE)) {
      return new FileSource(
          Path.of(source.substring(FILE.length())).normalize(),
          source.endsWith("/"),
          allowed.fileRoots().orElse(List.of()));
    }
    var address = S3Address.parse(source);
    var buckets = allowed.allowedBuckets();
    if (!buckets.contains("*") && !buckets.contains(address.bucket())) {
      throw new FetchException(
          Cause.DENIED,
          "bucket '%s' is not in hydra.sources.allowed-buckets".formatted(address.bucket()));
    }
    return s3.source(address);
  }

  @Override
  public void close() {
    s3.close();
  }
}
