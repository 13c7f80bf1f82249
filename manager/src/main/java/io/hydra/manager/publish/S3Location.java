package io.hydra.manager.publish;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;

/** A bucket and a key, or the beginning of keys. */
record S3Location(String bucket, String key) {
  private static final String SCHEME = "s3://";

  static S3Location parse(String path) {
    int slash = path.indexOf('/', SCHEME.length());
    if (slash <= SCHEME.length()) {
      throw new HydraException(
          ErrorCode.INVALID_TEMPLATE, "%s must be written s3://BUCKET/KEY".formatted(path));
    }
    return new S3Location(path.substring(SCHEME.length(), slash), path.substring(slash + 1));
  }

  boolean isPrefix() {
    return key.isEmpty() || key.endsWith("/");
  }

  String baseName() {
    return key.substring(key.lastIndexOf('/') + 1);
  }

  @Override
  public String toString() {
    return SCHEME + bucket + "/" + key;
  }
}
