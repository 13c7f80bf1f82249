package io.hydra.docto.s3;

import io.hydra.docto.source.FetchException;

/**
 * A bucket and a key in it, or a prefix of keys.
 *
 * @param key a key, or a prefix that is empty or ends in '/'
 */
public record S3Address(String bucket, String key) {
  private static final String SCHEME = "s3://";

  /**
   * Splits {@code s3://bucket/key}; keys are taken as they are, nothing is decoded.
   *
   * @throws FetchException {@code DENIED} where it is none
   */
  public static S3Address parse(String source) throws FetchException {
    int slash = source.indexOf('/', SCHEME.length());
    if (!source.startsWith(SCHEME) || slash <= SCHEME.length()) {
      throw new FetchException(
          FetchException.Cause.DENIED, "source '%s' names no bucket and key".formatted(source));
    }
    return new S3Address(source.substring(SCHEME.length(), slash), source.substring(slash + 1));
  }

  /** The key of one of the dataset's files. */
  String keyOf(String path) {
    return key.isEmpty() || key.endsWith("/") ? key + path : key;
  }
}
