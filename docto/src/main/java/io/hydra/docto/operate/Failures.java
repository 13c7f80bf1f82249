package io.hydra.docto.operate;

import io.hydra.docto.source.FetchException;
import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.wire.Fault;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Locale;

/** Names what went wrong, for reports. */
final class Failures {
  private Failures() {}

  static Fault describe(Exception failure) {
    return switch (failure) {
      case FetchException e -> new Fault(e.reason().code(), detailOf(e));
      case HydraException e -> new Fault(e.code(), e.detail());
      case IOException e -> storage(detailOf(e));
      case Exception e -> new Fault(ErrorCode.INTERNAL, e.toString());
    };
  }

  /** What the system says is known by its texts only. */
  private static Fault storage(String detail) {
    var text = detail.toLowerCase(Locale.ROOT);
    if (text.contains("no space left") || text.contains("quota exceeded")) {
      return new Fault(
          ErrorCode.INSUFFICIENT_SPACE,
          "the file system is full, make room for bytes or files there: " + detail);
    }
    if (text.contains("read-only file system")) {
      return new Fault(
          ErrorCode.STORAGE_FAILED,
          "the file system is read-only, see the kernel's log for why, mend it and mount it"
              + " writable: "
              + detail);
    }
    if (text.contains("input/output error")) {
      return new Fault(
          ErrorCode.STORAGE_FAILED,
          "the disk fails, see the kernel's log, mend or replace it: " + detail);
    }
    return new Fault(ErrorCode.STORAGE_FAILED, detail);
  }

  private static String detailOf(Exception failure) {
    var message = failure.getMessage();
    if (message == null) {
      return failure.toString();
    }
    // Some have the path only as their message: their names say what it is about.
    return failure instanceof FileSystemException e && e.getReason() == null
        ? failure.getClass().getSimpleName() + ": " + message
        : message;
  }
}
