package io.hydra.docto.s3;

import java.util.Optional;

/**
 * A range of an object as it was frozen.
 *
 * @param etag without quotes
 * @param from first byte
 * @param length in bytes, at least 1
 * @param size of the whole object, in bytes
 */
record ObjectRange(
    String bucket,
    String key,
    String etag,
    long from,
    long length,
    long size,
    Optional<String> versionId) {

  /** Value of the field Range. */
  String range() {
    return "bytes=" + from + "-" + (from + length - 1);
  }

  /** The only acceptable value of the field Content-Range. */
  String contentRange() {
    return "bytes " + from + "-" + (from + length - 1) + "/" + size;
  }

  /** Value of the field If-Match. */
  String ifMatch() {
    return "\"" + etag + "\"";
  }

  boolean isWhole() {
    return from == 0 && length == size;
  }

  /** For people. */
  String name() {
    return "s3://" + bucket + "/" + key;
  }
}
