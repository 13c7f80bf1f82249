package io.hydra.docto.operate;

import io.hydra.docto.source.FetchException;
import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.wire.Fault;
import java.io.IOException;
import java.util.Locale;

/** Names what went wrong, for reports. */
final class Failures {
  private Failures() {}

  static Fault describe(Exception failure) {
    return switch (failure) {
      case FetchException e -> new Fault(e.reason().code(), detailOf(e));
      case HydraException e -> new Fault(e.code(), e.detail());
      case IOException e when isFull(e) ->
          new Fault(ErrorCode.INSUFFICIENT_SPACE, "the file system is full: " + detailOf(e));
      case IOException e -> new Fault(ErrorCode.STORAGE_FAILED, detailOf(e));
      case Exception e -> new Fault(ErrorCode.INTERNAL, e.toString());
    };
  }

  /** ENOSPC and EDQUOT are known by their texts only. */
  private static boolean isFull(IOException failure) {
    var text = detailOf(failure).toLowerCase(Locale.ROOT);
    return text.contains("no space left") || text.contains("quota exceeded");
  }

  private static String detailOf(Exception failure) {
    var message = failure.getMessage();
    return message == null ? failure.toString() : message;
  }
}
