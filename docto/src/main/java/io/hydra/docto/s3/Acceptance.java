package io.hydra.docto.s3;

import io.hydra.docto.source.FetchException;
import io.hydra.docto.source.FetchException.Cause;
import java.util.Optional;
import java.util.OptionalLong;

/** Whether an answer holds what was asked for, and nothing else. */
final class Acceptance {
  private Acceptance() {}

  /**
   * @param status of an answer that is no error
   * @param contentRange value of Content-Range
   * @param length of the body, where it is known before
   * @param etag value of ETag; servers that do not heed If-Match are told by it
   */
  static void check(
      ObjectRange range,
      int status,
      Optional<String> contentRange,
      OptionalLong length,
      Optional<String> etag)
      throws FetchException {
    if (etag.isPresent() && !isSame(etag.get(), range.etag())) {
      throw new FetchException(
          Cause.CHANGED,
          "%s has the ETag %s, %s was published"
              .formatted(range.name(), etag.get(), range.ifMatch()));
    }
    if (status == 206
        ? !contentRange.equals(Optional.of(range.contentRange()))
        : !isAll(range, status)) {
      throw new FetchException(
          contentRange.isPresent() ? Cause.CHANGED : Cause.UNEXPECTED,
          "%s answers with HTTP status %d and range '%s', the manifest needs '%s'"
              .formatted(range.name(), status, contentRange.orElse("none"), range.contentRange()));
    }
    if (length.isPresent() && length.getAsLong() != range.length()) {
      throw new FetchException(
          Cause.CHANGED,
          "%s answers with %d bytes for a range of %d"
              .formatted(range.name(), length.getAsLong(), range.length()));
    }
  }

  private static boolean isAll(ObjectRange range, int status) {
    return status == 200 && range.isWhole();
  }

  /** Some write it without quotes, or as a weak one. */
  private static boolean isSame(String answered, String frozen) {
    var strong = answered.startsWith("W/") ? answered.substring(2) : answered;
    return strong.replace("\"", "").equals(frozen.replace("\"", ""));
  }
}
